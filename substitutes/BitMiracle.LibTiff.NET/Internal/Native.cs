using System.Reflection;
using System.Runtime.InteropServices;

namespace BitMiracle.LibTiff.Classic.Internal;

/// <summary>The functions of <c>native/tiff/include/ib_tiff.h</c>, which says what each does.</summary>
internal static unsafe partial class Native
{
    private const string Library = "ib_tiff";
    private const string FileName = "libib_tiff.so";
    private const uint AbiVersion = 1;

    static Native()
    {
        NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, Load);
        uint version = ib_tiff_abi_version();
        if (version != AbiVersion)
            throw new DllNotFoundException($"{FileName} has ABI version {version}, this assembly needs {AbiVersion}.");
    }

    /// <summary>Gets libtiff's own version, for example "LIBTIFF, Version 4.5.0".</summary>
    public static string LibraryVersion =>
        (Marshal.PtrToStringUTF8((nint)ib_tiff_library_version()) ?? "").Split('\n')[0];

    [LibraryImport(Library)]
    private static partial uint ib_tiff_abi_version();

    [LibraryImport(Library)]
    private static partial byte* ib_tiff_library_version();

    [LibraryImport(Library, EntryPoint = "ib_tiff_codec_configured")]
    internal static partial int CodecConfigured(ushort scheme);

    [LibraryImport(Library, EntryPoint = "ib_tiff_create")]
    internal static partial nint Create();

    [LibraryImport(Library, EntryPoint = "ib_tiff_destroy")]
    internal static partial void Destroy(nint handle);

    private static nint Load(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != Library)
            return 0;
        string beside = Path.Combine(AppContext.BaseDirectory, FileName);
        if (File.Exists(beside))
            return NativeLibrary.Load(beside);
        return NativeLibrary.Load(FileName, assembly, searchPath);
    }
}
