using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Seeds every default generator, of the CPU and of all GPUs.</summary>
    public static Generator manual_seed(long seed)
    {
        NativeTorch.Check(NativeMethods.ib_manual_seed(seed));
        return Generator.Default;
    }

    /// <summary>Seeds every default generator from the system's entropy.</summary>
    public static long seed()
    {
        var value = System.Security.Cryptography.RandomNumberGenerator.GetInt32(int.MaxValue);
        manual_seed(value);
        return value;
    }

    public static Tensor get_rng_state() => Generator.Default.get_state();

    public static void set_rng_state(Tensor new_state) => Generator.Default.set_state(new_state);

    public static partial class random
    {
        public static Generator manual_seed(long seed) => torch.manual_seed(seed);

        public static long seed() => torch.seed();

        public static long initial_seed() => Generator.Default.initial_seed();

        public static Tensor get_rng_state() => torch.get_rng_state();

        public static void set_rng_state(Tensor new_state) => torch.set_rng_state(new_state);
    }

    /// <summary>A source of random numbers, given to an operator in place of its device's default one.</summary>
    public class Generator : IDisposable
    {
        private readonly GeneratorHandle _handle;

        public Generator(ulong seed = 0, Device? device = null)
        {
            device ??= torch.CPU;
            NativeTorch.Check(NativeMethods.ib_generator_new((int)device.type, device.index, (long)seed, out var handle));
            _handle = new GeneratorHandle(handle);
            this.device = device;
        }

        private Generator(GeneratorHandle handle, Device device)
        {
            _handle = handle;
            this.device = device;
        }

        /// <summary>The generator that operators on the CPU use when they are given none.</summary>
        public static Generator Default
        {
            get
            {
                NativeTorch.Check(NativeMethods.ib_generator_default(0, -1, out var handle));
                return new Generator(new GeneratorHandle(handle), torch.CPU);
            }
        }

        public Device device { get; }

        internal GeneratorHandle SafeHandle => _handle;

        public Generator manual_seed(long seed)
        {
            NativeTorch.Check(NativeMethods.ib_generator_seed(_handle, seed));
            return this;
        }

        public long initial_seed() => NativeMethods.ib_generator_initial_seed(_handle);

        public Tensor get_state()
        {
            NativeTorch.Check(NativeMethods.ib_generator_state(_handle, out var state));
            return Tensor.Own(state);
        }

        public void set_state(Tensor value)
        {
            ArgumentNullException.ThrowIfNull(value);
            NativeTorch.Check(NativeMethods.ib_generator_set_state(_handle, value.SafeHandle));
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (disposing)
            {
                _handle.Dispose();
            }
        }
    }
}
