using System.Runtime.InteropServices;

namespace BitMiracle.LibTiff.Classic.Internal;

/// <summary>Fields of the current directory.</summary>
internal static unsafe partial class Native
{
    [LibraryImport(Library, EntryPoint = "ib_tiff_find_field")]
    internal static partial int FindField(TiffHandle handle, uint tag, out NativeField field);

    [LibraryImport(Library, EntryPoint = "ib_tiff_define_field", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int DefineField(TiffHandle handle, uint tag, in NativeField field, string name);

    [LibraryImport(Library, EntryPoint = "ib_tiff_get_field")]
    internal static partial int GetField(TiffHandle handle, uint tag, int defaulted, out NativeValue value);

    [LibraryImport(Library, EntryPoint = "ib_tiff_set_integers")]
    internal static partial int SetIntegers(TiffHandle handle, uint tag, ReadOnlySpan<long> values, long count);

    [LibraryImport(Library, EntryPoint = "ib_tiff_set_reals")]
    internal static partial int SetReals(TiffHandle handle, uint tag, ReadOnlySpan<double> values, long count);

    [LibraryImport(Library, EntryPoint = "ib_tiff_set_bytes")]
    internal static partial int SetBytes(TiffHandle handle, uint tag, ReadOnlySpan<byte> values, long count);

    [LibraryImport(Library, EntryPoint = "ib_tiff_unset_field")]
    internal static partial int UnsetField(TiffHandle handle, uint tag);
}
