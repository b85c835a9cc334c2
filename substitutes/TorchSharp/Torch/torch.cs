using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>Tensors, operators on them, and everything around them, by PyTorch's names.</summary>
public static partial class torch
{
    /// <summary>Version of libtorch.</summary>
    public static unsafe string __version__ => Marshal.PtrToStringUTF8((nint)NativeMethods.ib_libtorch_version())!;

    /// <summary>Tensors created on this thread from now on are disposed with the result, unless they are moved out of it.</summary>
    public static DisposeScope NewDisposeScope() => DisposeScopeManager.NewDisposeScope();

    public static DisposeScope? CurrentDisposeScope => DisposeScopeManager.ThreadSingleton.Innermost;

    /// <summary>Runs a function in its own scope; only its result survives.</summary>
    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        ArgumentNullException.ThrowIfNull(expr);
        using var scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Threads that one operator may use. With OpenMP the number holds for the calling thread, and for threads that call
    /// libtorch for the first time later; a pool of workers sets it on each.
    /// </summary>
    public static void set_num_threads(int num) => NativeTorch.Check(NativeMethods.ib_set_num_threads(num));

    public static int get_num_threads() => NativeMethods.ib_num_threads();

    /// <summary>Threads for independent operators of one TorchScript; only before the first of them ran.</summary>
    public static void set_num_interop_threads(int num) => NativeTorch.Check(NativeMethods.ib_set_num_interop_threads(num));

    public static int get_num_interop_threads() => NativeMethods.ib_num_interop_threads();

    public static bool TryInitializeDeviceType(DeviceType deviceType) => deviceType switch
    {
        DeviceType.CPU => true,
        DeviceType.CUDA => cuda.is_available(),
        _ => false,
    };

    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (!TryInitializeDeviceType(deviceType))
        {
            throw new InvalidOperationException($"Torch device type {deviceType} did not initialise on the current machine.");
        }
    }

    /// <summary>The given device, or the CPU for null, when this machine has it.</summary>
    public static Device InitializeDevice(Device? device)
    {
        device ??= CPU;
        if (device.type == DeviceType.CUDA)
        {
            InitializeDeviceType(device.type);
        }

        return device;
    }

    public static partial class cuda
    {
        public static bool is_available() => NativeMethods.ib_cuda_is_available() != 0;

        public static bool is_cudnn_available() => NativeMethods.ib_cuda_cudnn_is_available() != 0;

        public static int device_count() => NativeMethods.ib_cuda_device_count();

        /// <summary>Waits until the device has done everything asked of it.</summary>
        public static void synchronize(Device? device = null) => NativeTorch.Check(NativeMethods.ib_cuda_synchronize(device?.index ?? -1));

        public static void manual_seed(long seed) => NativeTorch.Check(NativeMethods.ib_cuda_manual_seed(seed, 0));

        public static void manual_seed_all(long seed) => NativeTorch.Check(NativeMethods.ib_cuda_manual_seed(seed, 1));
    }
}
