using System.Runtime.InteropServices;

namespace BitMiracle.LibTiff.Classic.Internal;

/// <summary>Directories.</summary>
internal static unsafe partial class Native
{
    [LibraryImport(Library, EntryPoint = "ib_tiff_read_directory")]
    internal static partial int ReadDirectory(TiffHandle handle);

    [LibraryImport(Library, EntryPoint = "ib_tiff_set_directory")]
    internal static partial int SetDirectory(TiffHandle handle, uint index);

    [LibraryImport(Library, EntryPoint = "ib_tiff_set_sub_directory")]
    internal static partial int SetSubDirectory(TiffHandle handle, ulong offset);

    [LibraryImport(Library, EntryPoint = "ib_tiff_create_directory")]
    internal static partial int CreateDirectory(TiffHandle handle);

    [LibraryImport(Library, EntryPoint = "ib_tiff_write_directory")]
    internal static partial int WriteDirectory(TiffHandle handle);

    [LibraryImport(Library, EntryPoint = "ib_tiff_rewrite_directory")]
    internal static partial int RewriteDirectory(TiffHandle handle);

    [LibraryImport(Library, EntryPoint = "ib_tiff_checkpoint_directory")]
    internal static partial int CheckpointDirectory(TiffHandle handle);

    [LibraryImport(Library, EntryPoint = "ib_tiff_unlink_directory")]
    internal static partial int UnlinkDirectory(TiffHandle handle, uint number);

    [LibraryImport(Library, EntryPoint = "ib_tiff_last_directory")]
    internal static partial int LastDirectory(TiffHandle handle);

    [LibraryImport(Library, EntryPoint = "ib_tiff_directory_count")]
    internal static partial long DirectoryCount(TiffHandle handle);

    [LibraryImport(Library, EntryPoint = "ib_tiff_current_directory")]
    internal static partial long CurrentDirectory(TiffHandle handle);

    [LibraryImport(Library, EntryPoint = "ib_tiff_current_offset")]
    internal static partial long CurrentOffset(TiffHandle handle);
}
