using BitMiracle.LibTiff.Classic;

namespace InferenceBridge.Imaging;

/// <summary>Decodes rows of pages; holds the last strip, or the last row of tiles, since rows are mostly asked for in order.</summary>
internal sealed class TiffRowDecoder(Tiff tiff, string path)
{
    private readonly TiffLongStrips _longStrips = new(tiff, path);
    private TiffPage? _page;
    private TiffPalette? _palette;
    private (int BlockRow, int Plane) _held = (-1, -1);
    private byte[] _band = [];
    private byte[] _tile = [];
    private byte[] _indices = [];
    private int[] _raster = [];

    /// <summary>Reads whole rows of one channel of a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="plan">How its samples become channels.</param>
    /// <param name="channel">Channel of the page, 0 where there is one.</param>
    /// <param name="firstRow">First row.</param>
    /// <param name="rowCount">Number of rows.</param>
    /// <param name="destination">rowCount × width pixels of the plan's pixel type, little-endian.</param>
    public void Read(TiffPage page, TiffColourPlan plan, int channel, int firstRow, int rowCount, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstRow + (long)rowCount, page.Height);
        Select(page, plan);
        var isConverted = page.Colour is TiffColour.Converted or TiffColour.ConvertedGrey;
        var sample = plan.UsesPalette ? 0 : channel;
        var isPlanar = page.IsPlanar && !isConverted;
        var samplesInRow = isConverted ? 3 : isPlanar ? 1 : page.Samples;
        var packedRow = checked((int)page.Type.RowBytes((long)page.Width * samplesInRow));
        var pixelRow = page.Width * plan.PixelType.BytesPerPixel();
        var bandRows = TiffLongStrips.BandRows(page, packedRow);
        for (var i = 0; i < rowCount; i++)
        {
            var row = firstRow + i;
            Load(page, row / bandRows, bandRows, isPlanar ? sample : 0, packedRow, samplesInRow, isConverted);
            var packed = _band.AsSpan((row % bandRows) * packedRow, packedRow);
            var pixels = destination.Slice(i * pixelRow, pixelRow);
            if (_palette is { } palette)
            {
                Reserve(ref _indices, (long)page.Width * page.Type.PixelType.BytesPerPixel());
                var indices = _indices.AsSpan(0, page.Width * page.Type.PixelType.BytesPerPixel());
                page.Type.Unpack(packed, samplesInRow, 0, indices);
                palette.Map(indices, page.Type.PixelType.BytesPerPixel(), channel, pixels, plan.PixelType);
            }
            else
            {
                page.Type.Unpack(packed, samplesInRow, isPlanar ? 0 : sample, pixels);
            }
        }

        if (page.IsMinWhite && plan.Inverts)
        {
            page.Type.Invert(destination);
        }
    }

    private void Select(TiffPage page, TiffColourPlan plan)
    {
        if (ReferenceEquals(page, _page))
        {
            return;
        }

        (_held, _page) = ((-1, -1), null);
        _longStrips.Forget();
        if (!tiff.SetSubDirectory(page.Offset))
        {
            throw TiffErrors.Invalid(path, $"a page cannot be read: {TiffMessages.Take("unknown cause")}");
        }

        page.Prepare(tiff);
        _palette = plan.UsesPalette ? TiffPalette.Read(tiff) : null;
        if (plan.UsesPalette && (_palette is null || (plan.Channels == 1 && !_palette.IsGrey) || (plan.PixelType == PixelType.UInt8 && !_palette.FitsByte)))
        {
            throw TiffErrors.Invalid(path, "a later page has another kind of palette than the first one; accepted: palettes of the same depth, all grey or all coloured");
        }

        _page = page;
    }

    private void Load(TiffPage page, int blockRow, int bandRows, int plane, int packedRow, int samplesInRow, bool isConverted)
    {
        if (_held == (blockRow, plane))
        {
            return;
        }

        _held = (-1, -1);
        var rows = page.IsTiled ? page.BlockHeight : Math.Min(bandRows, page.Height - (blockRow * bandRows));
        Reserve(ref _band, (long)rows * packedRow);
        if (isConverted)
        {
            LoadColours(page, blockRow, rows);
        }
        else if (page.IsTiled)
        {
            LoadTiles(page, blockRow, plane, packedRow, samplesInRow);
        }
        else if (TiffLongStrips.IsLong(page, packedRow))
        {
            _longStrips.Read(page, blockRow * bandRows, rows, plane, packedRow, _band);
        }
        else
        {
            var strip = tiff.ComputeStrip(blockRow * page.BlockHeight, (short)plane);
            Check(tiff.ReadEncodedStrip(strip, _band, 0, rows * packedRow), rows * packedRow, $"strip {strip}");
        }

        // The library swaps the bytes of such samples, which have an order of their own.
        if (page.Type.Bits == 24 && tiff.IsByteSwapped())
        {
            for (var at = 0; at + 3 <= rows * packedRow; at += 3)
            {
                (_band[at], _band[at + 2]) = (_band[at + 2], _band[at]);
            }
        }

        _held = (blockRow, plane);
    }

    private void LoadTiles(TiffPage page, int blockRow, int plane, int packedRow, int samplesInRow)
    {
        var tileRow = checked((int)page.Type.RowBytes((long)page.BlockWidth * samplesInRow));
        var tileBytes = checked(tileRow * page.BlockHeight);
        Reserve(ref _tile, tileBytes);
        for (var x = 0; x < page.Width; x += page.BlockWidth)
        {
            var tile = tiff.ComputeTile(x, blockRow * page.BlockHeight, 0, (short)plane);
            Check(tiff.ReadEncodedTile(tile, _tile, 0, tileBytes), tileBytes, $"tile {tile}");

            // Tile widths are multiples of 16, so a tile begins on a whole byte, whatever the bits of a sample.
            var at = (int)page.Type.RowBytes((long)x * samplesInRow);
            var bytes = Math.Min(tileRow, packedRow - at);
            for (var row = 0; row < page.BlockHeight; row++)
            {
                _tile.AsSpan(row * tileRow, bytes).CopyTo(_band.AsSpan((row * packedRow) + at));
            }
        }
    }

    private void LoadColours(TiffPage page, int blockRow, int rows)
    {
        Reserve(ref _raster, (long)page.BlockWidth * rows);
        for (var x = 0; x < page.Width; x += page.BlockWidth)
        {
            var top = blockRow * page.BlockHeight;
            if (!(page.IsTiled ? tiff.ReadRGBATile(x, top, _raster) : tiff.ReadRGBAStrip(top, _raster)))
            {
                throw TiffErrors.Invalid(path, $"the colours of row {top} cannot be read: {TiffMessages.Take("unknown cause")}");
            }

            // The library gives pictures that begin at the top with their lowest row first.
            var isTurned = page.Orientation is Orientation.TOPLEFT or Orientation.TOPRIGHT or Orientation.LEFTTOP or Orientation.RIGHTTOP;
            for (var row = 0; row < rows; row++)
            {
                var source = _raster.AsSpan((isTurned ? rows - 1 - row : row) * page.BlockWidth, Math.Min(page.BlockWidth, page.Width - x));
                var target = _band.AsSpan(((row * page.Width) + x) * 3);
                for (var i = 0; i < source.Length; i++)
                {
                    target[3 * i] = (byte)Tiff.GetR(source[i]);
                    target[(3 * i) + 1] = (byte)Tiff.GetG(source[i]);
                    target[(3 * i) + 2] = (byte)Tiff.GetB(source[i]);
                }
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

    private void Reserve<T>(ref T[] buffer, long count)
    {
        if (count > Array.MaxLength)
        {
            throw TiffErrors.Invalid(path, $"a strip or row of tiles takes {count} bytes; accepted: at most {Array.MaxLength}");
        }

        if (buffer.Length < count)
        {
            buffer = new T[count];
        }
    }
}
