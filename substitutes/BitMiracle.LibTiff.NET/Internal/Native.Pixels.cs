using System.Runtime.InteropServices;

namespace BitMiracle.LibTiff.Classic.Internal;

/// <summary>Sizes and pixels.</summary>
internal static unsafe partial class Native
{
    [LibraryImport(Library, EntryPoint = "ib_tiff_strip_size")]
    internal static partial long StripSize(TiffHandle handle);

    [LibraryImport(Library, EntryPoint = "ib_tiff_rows_size")]
    internal static partial long RowsSize(TiffHandle handle, uint rows);

    [LibraryImport(Library, EntryPoint = "ib_tiff_tile_size")]
    internal static partial long TileSize(TiffHandle handle);

    [LibraryImport(Library, EntryPoint = "ib_tiff_tile_row_size")]
    internal static partial long TileRowSize(TiffHandle handle);

    [LibraryImport(Library, EntryPoint = "ib_tiff_scanline_size")]
    internal static partial long ScanlineSize(TiffHandle handle);

    [LibraryImport(Library, EntryPoint = "ib_tiff_raw_size")]
    internal static partial long RawSize(TiffHandle handle, uint stripOrTile);

    [LibraryImport(Library, EntryPoint = "ib_tiff_strip_count")]
    internal static partial long StripCount(TiffHandle handle);

    [LibraryImport(Library, EntryPoint = "ib_tiff_tile_count")]
    internal static partial long TileCount(TiffHandle handle);

    [LibraryImport(Library, EntryPoint = "ib_tiff_compute_strip")]
    internal static partial long ComputeStrip(TiffHandle handle, uint row, ushort plane);

    [LibraryImport(Library, EntryPoint = "ib_tiff_compute_tile")]
    internal static partial long ComputeTile(TiffHandle handle, uint x, uint y, uint z, ushort plane);

    [LibraryImport(Library, EntryPoint = "ib_tiff_check_tile")]
    internal static partial int CheckTile(TiffHandle handle, uint x, uint y, uint z, ushort plane);

    [LibraryImport(Library, EntryPoint = "ib_tiff_default_strip_rows")]
    internal static partial uint DefaultStripRows(TiffHandle handle, uint requested);

    [LibraryImport(Library, EntryPoint = "ib_tiff_read_strip")]
    internal static partial long ReadStrip(TiffHandle handle, uint strip, Span<byte> data, long bytes);

    [LibraryImport(Library, EntryPoint = "ib_tiff_read_raw_strip")]
    internal static partial long ReadRawStrip(TiffHandle handle, uint strip, Span<byte> data, long bytes);

    [LibraryImport(Library, EntryPoint = "ib_tiff_read_tile")]
    internal static partial long ReadTile(TiffHandle handle, uint tile, Span<byte> data, long bytes);

    [LibraryImport(Library, EntryPoint = "ib_tiff_read_raw_tile")]
    internal static partial long ReadRawTile(TiffHandle handle, uint tile, Span<byte> data, long bytes);

    [LibraryImport(Library, EntryPoint = "ib_tiff_read_scanline")]
    internal static partial int ReadScanline(TiffHandle handle, uint row, ushort plane, Span<byte> data, long bytes);

    [LibraryImport(Library, EntryPoint = "ib_tiff_rgba_ok")]
    internal static partial int RgbaOk(TiffHandle handle);

    [LibraryImport(Library, EntryPoint = "ib_tiff_read_rgba_strip")]
    internal static partial int ReadRgbaStrip(TiffHandle handle, uint row, Span<int> pixels, long count);

    [LibraryImport(Library, EntryPoint = "ib_tiff_read_rgba_tile")]
    internal static partial int ReadRgbaTile(TiffHandle handle, uint x, uint y, Span<int> pixels, long count);

    [LibraryImport(Library, EntryPoint = "ib_tiff_write_strip")]
    internal static partial long WriteStrip(TiffHandle handle, uint strip, ReadOnlySpan<byte> data, long bytes);

    [LibraryImport(Library, EntryPoint = "ib_tiff_write_raw_strip")]
    internal static partial long WriteRawStrip(TiffHandle handle, uint strip, ReadOnlySpan<byte> data, long bytes);

    [LibraryImport(Library, EntryPoint = "ib_tiff_write_tile")]
    internal static partial long WriteTile(TiffHandle handle, uint tile, ReadOnlySpan<byte> data, long bytes);

    [LibraryImport(Library, EntryPoint = "ib_tiff_write_raw_tile")]
    internal static partial long WriteRawTile(TiffHandle handle, uint tile, ReadOnlySpan<byte> data, long bytes);

    [LibraryImport(Library, EntryPoint = "ib_tiff_write_scanline")]
    internal static partial int WriteScanline(TiffHandle handle, uint row, ushort plane, ReadOnlySpan<byte> data, long bytes);
}
