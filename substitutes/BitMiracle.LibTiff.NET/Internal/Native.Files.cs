using System.Runtime.InteropServices;

namespace BitMiracle.LibTiff.Classic.Internal;

/// <summary>Opening, closing and messages.</summary>
internal static unsafe partial class Native
{
    [LibraryImport(Library, EntryPoint = "ib_tiff_open_path", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int OpenPath(TiffHandle handle, string path, string mode, long maxAllocation);

    [LibraryImport(Library, EntryPoint = "ib_tiff_open_stream", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int OpenStream(TiffHandle handle, string name, string mode, in NativeIo io, long maxAllocation);

    [LibraryImport(Library, EntryPoint = "ib_tiff_close")]
    internal static partial int Close(TiffHandle handle);

    [LibraryImport(Library, EntryPoint = "ib_tiff_flush")]
    internal static partial int Flush(TiffHandle handle);

    [LibraryImport(Library, EntryPoint = "ib_tiff_flush_data")]
    internal static partial int FlushData(TiffHandle handle);

    [LibraryImport(Library, EntryPoint = "ib_tiff_take_message")]
    internal static partial int TakeMessage(TiffHandle handle, out int severity, out byte* module, out byte* text);

    [LibraryImport(Library, EntryPoint = "ib_tiff_is_tiled")]
    internal static partial int IsTiled(TiffHandle handle);

    [LibraryImport(Library, EntryPoint = "ib_tiff_is_byte_swapped")]
    internal static partial int IsByteSwapped(TiffHandle handle);

    [LibraryImport(Library, EntryPoint = "ib_tiff_is_big_endian")]
    internal static partial int IsBigEndian(TiffHandle handle);
}
