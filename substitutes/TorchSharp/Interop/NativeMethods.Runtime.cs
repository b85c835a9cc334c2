using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>The functions of ib_torch.h that concern TorchScript, seeds, threads and devices.</summary>
internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ib_script_load(string path, int deviceType, int deviceIndex, out nint script);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ib_script_compile(string source, out nint script);

    [LibraryImport(Library)]
    internal static partial void ib_script_release(nint script);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ib_script_invoke(ScriptHandle script, string method, NativeValue* arguments, int count, NativeValue* result);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ib_script_save(ScriptHandle script, string path);

    [LibraryImport(Library)]
    internal static partial int ib_script_to(ScriptHandle script, int deviceType, int deviceIndex, int dtype);

    [LibraryImport(Library)]
    internal static partial int ib_script_train(ScriptHandle script, int training);

    [LibraryImport(Library)]
    internal static partial int ib_script_is_training(ScriptHandle script);

    [LibraryImport(Library)]
    internal static partial int ib_script_tensors(ScriptHandle script, int buffers, NativeValue* result);

    [LibraryImport(Library)]
    internal static partial int ib_manual_seed(long seed);

    [LibraryImport(Library)]
    internal static partial int ib_generator_default(int deviceType, int deviceIndex, out nint generator);

    [LibraryImport(Library)]
    internal static partial int ib_generator_new(int deviceType, int deviceIndex, long seed, out nint generator);

    [LibraryImport(Library)]
    internal static partial void ib_generator_release(nint generator);

    [LibraryImport(Library)]
    internal static partial int ib_generator_seed(GeneratorHandle generator, long seed);

    [LibraryImport(Library)]
    internal static partial long ib_generator_initial_seed(GeneratorHandle generator);

    [LibraryImport(Library)]
    internal static partial int ib_generator_state(GeneratorHandle generator, out nint state);

    [LibraryImport(Library)]
    internal static partial int ib_generator_set_state(GeneratorHandle generator, TensorHandle state);

    [LibraryImport(Library)]
    internal static partial int ib_set_num_threads(int threads);

    [LibraryImport(Library)]
    internal static partial int ib_num_threads();

    [LibraryImport(Library)]
    internal static partial int ib_set_num_interop_threads(int threads);

    [LibraryImport(Library)]
    internal static partial int ib_num_interop_threads();

    [LibraryImport(Library)]
    internal static partial int ib_cuda_is_available();

    [LibraryImport(Library)]
    internal static partial int ib_cuda_cudnn_is_available();

    [LibraryImport(Library)]
    internal static partial int ib_cuda_device_count();

    [LibraryImport(Library)]
    internal static partial int ib_cuda_synchronize(int deviceIndex);

    [LibraryImport(Library)]
    internal static partial int ib_cuda_manual_seed(long seed, int allDevices);
}
