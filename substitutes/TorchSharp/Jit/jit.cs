using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>TorchScript: modules that other programs saved, and functions from source.</summary>
    public static partial class jit
    {
        /// <summary>Loads a module that PyTorch saved with torch.jit.save.</summary>
        /// <exception cref="FileNotFoundException">There is no such file.</exception>
        public static ScriptModule load(string filename, DeviceType device_type = DeviceType.CPU, long device_index = -1) =>
            new(Load(filename, device_type, device_index));

        public static ScriptModule<TResult> load<TResult>(string filename, DeviceType device_type = DeviceType.CPU, long device_index = -1) =>
            new(Load(filename, device_type, device_index));

        public static ScriptModule<T, TResult> load<T, TResult>(
            string filename, DeviceType device_type = DeviceType.CPU, long device_index = -1) =>
            new(Load(filename, device_type, device_index));

        public static ScriptModule<T1, T2, TResult> load<T1, T2, TResult>(
            string filename, DeviceType device_type = DeviceType.CPU, long device_index = -1) =>
            new(Load(filename, device_type, device_index));

        public static void save(ScriptModule module, string filename)
        {
            ArgumentNullException.ThrowIfNull(module);
            NativeTorch.Check(NativeMethods.ib_script_save(module.Script, filename));
        }

        /// <summary>Compiles functions from TorchScript source.</summary>
        public static CompilationUnit compile(string script)
        {
            NativeTorch.Check(NativeMethods.ib_script_compile(script, out var handle));
            return new CompilationUnit(new ScriptHandle(handle));
        }

        private static ScriptHandle Load(string filename, DeviceType type, long index)
        {
            if (!File.Exists(filename))
            {
                throw new FileNotFoundException("There is no TorchScript file of this name.", filename);
            }

            InitializeDeviceType(type);
            NativeTorch.Check(NativeMethods.ib_script_load(filename, (int)type, type == DeviceType.CUDA ? (int)index : -1, out var handle));
            return new ScriptHandle(handle);
        }
    }
}
