using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>Finds and checks the native library, and turns its errors into exceptions.</summary>
internal static unsafe class NativeTorch
{
    internal const string LibraryName = "ib_torch";
    private const int AbiVersion = 1;

    /// <summary>Throws libtorch's message when a native call failed.</summary>
    /// <exception cref="ExternalException">The call failed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Check(int status)
    {
        if (status != 0)
        {
            Throw();
        }
    }

#pragma warning disable CA2255 // The resolver must be there before the first call into the library.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Initialize() => NativeLibrary.SetDllImportResolver(typeof(NativeTorch).Assembly, Resolve);

    private static void Throw() =>
        throw new ExternalException(Marshal.PtrToStringUTF8((nint)NativeMethods.ib_last_error()));

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != LibraryName)
        {
            return 0;
        }

        var library = NativeLibrary.Load(Path.Combine(AppContext.BaseDirectory, "libib_torch.so"));
        var version = ((delegate* unmanaged<int>)NativeLibrary.GetExport(library, "ib_abi_version"))();
        return version == AbiVersion
            ? library
            : throw new DllNotFoundException($"libib_torch.so has interface version {version}, {AbiVersion} is needed: rebuild it.");
    }
}
