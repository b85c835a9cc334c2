using BitMiracle.LibTiff.Classic;

namespace InferenceBridge.Imaging;

/// <summary>Decodes rows of pages; holds the last strip, or the last row of tiles, since rows are mostly asked for in order.</summary>
internal sealed class TiffRowDecoder(Tiff tiff, string path)
{
    private TiffPage? _page;
    private (int BlockRow, int Plane) _held = (-1, -1);
    private byte[] _band = [];
    private byte[] _tile = [];

    /// <summary>Reads whole rows of one sample of a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="sample">Sample of each pixel, 0 where there is one.</param>
    /// <param name="firstRow">First row.</param>
    /// <param name="rowCount">Number of rows.</param>
    /// <param name="destination">rowCount × width pixels of the page's pixel type, little-endian.</param>
    public void Read(TiffPage page, int sample, int firstRow, int rowCount, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstRow + (long)rowCount, page.Height);
        Select(page);
        var pixelRow = page.Width * page.SampleType.PixelType.BytesPerPixel();
        var samplesInRow = page.IsPlanar ? 1 : page.Samples;
        var packedRow = checked((int)page.SampleType.RowBytes((long)page.Width * samplesInRow));
        for (var i = 0; i < rowCount; i++)
        {
            var row = firstRow + i;
            Load(page, row / page.BlockHeight, page.IsPlanar ? sample : 0, packedRow, samplesInRow);
            page.SampleType.Unpack(
                _band.AsSpan((row % page.BlockHeight) * packedRow, packedRow), samplesInRow, page.IsPlanar ? 0 : sample, destination.Slice(i * pixelRow, pixelRow));
        }

        if (page.IsInverted)
        {
            page.SampleType.Invert(destination);
        }
    }

    private void Select(TiffPage page)
    {
        if (!ReferenceEquals(page, _page))
        {
            _held = (-1, -1);
            if (!tiff.SetSubDirectory(page.Offset))
            {
                throw TiffErrors.Invalid(path, $"a page cannot be read: {TiffMessages.Take("unknown cause")}");
            }

            page.Prepare(tiff);
            _page = page;
        }
    }

    private void Load(TiffPage page, int blockRow, int plane, int packedRow, int samplesInRow)
    {
        if (_held == (blockRow, plane))
        {
            return;
        }

        _held = (-1, -1);
        var rows = page.IsTiled ? page.BlockHeight : Math.Min(page.BlockHeight, page.Height - (blockRow * page.BlockHeight));
        Reserve(ref _band, (long)rows * packedRow);
        if (page.IsTiled)
        {
            LoadTiles(page, blockRow, plane, packedRow, samplesInRow);
        }
        else
        {
            var strip = tiff.ComputeStrip(blockRow * page.BlockHeight, (short)plane);
            Check(tiff.ReadEncodedStrip(strip, _band, 0, rows * packedRow), rows * packedRow, $"strip {strip}");
        }

        _held = (blockRow, plane);
    }

    private void LoadTiles(TiffPage page, int blockRow, int plane, int packedRow, int samplesInRow)
    {
        var tileRow = checked((int)page.SampleType.RowBytes((long)page.BlockWidth * samplesInRow));
        var tileBytes = checked(tileRow * page.BlockHeight);
        Reserve(ref _tile, tileBytes);
        for (var x = 0; x < page.Width; x += page.BlockWidth)
        {
            var tile = tiff.ComputeTile(x, blockRow * page.BlockHeight, 0, (short)plane);
            Check(tiff.ReadEncodedTile(tile, _tile, 0, tileBytes), tileBytes, $"tile {tile}");

            // Tile widths are multiples of 16, so a tile begins on a whole byte, whatever the bits of a sample.
            var at = (int)page.SampleType.RowBytes((long)x * samplesInRow);
            var bytes = Math.Min(tileRow, packedRow - at);
            for (var row = 0; row < page.BlockHeight; row++)
            {
                _tile.AsSpan(row * tileRow, bytes).CopyTo(_band.AsSpan((row * packedRow) + at));
            }
        }
    }

    private void Check(int read, int expected, string block)
    {
        if (read < expected)
        {
            throw TiffErrors.Invalid(path, $"{block} is damaged or cut off ({Math.Max(0, read)} of {expected} bytes): {TiffMessages.Take("it is too short")}");
        }
    }

    private void Reserve(ref byte[] buffer, long bytes)
    {
        if (bytes > Array.MaxLength)
        {
            throw TiffErrors.Invalid(path, $"a strip or row of tiles takes {bytes} bytes; accepted: at most {Array.MaxLength}");
        }

        if (buffer.Length < bytes)
        {
            buffer = new byte[bytes];
        }
    }
}
