using BitMiracle.LibTiff.Classic;

namespace InferenceBridge.Imaging;

/// <summary>Pages that the TIFF library compresses, strip by strip.</summary>
internal sealed class CompressedPages : ITiffPages
{
    private readonly string _path;
    private readonly TiffPageLayout _layout;
    private readonly TiffCompressor _compressor;
    private readonly short[][]? _colours;
    private readonly byte[] _strip;
    private Tiff? _tiff;
    private int _buffered;
    private int _row;

    /// <param name="path">File to create.</param>
    /// <param name="layout">What the pages have in common.</param>
    /// <param name="compressor">How they are compressed.</param>
    /// <param name="lut">Colour map of every page, which must be of uint8; null for none.</param>
    /// <param name="bigTiff">Whether the file may become larger than 4 GiB.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.UsageInvalid"/>: the library lacks the compression.</exception>
    public CompressedPages(string path, TiffPageLayout layout, TiffCompressor compressor, ChannelLut? lut, bool bigTiff)
    {
        (_path, _layout, _compressor) = (path, layout, compressor);
        _colours = lut is null ? null : MetadataTags.ColoursOf(lut).Chunk(ChannelLut.ByteCount / 3).ToArray();
        _strip = new byte[checked(layout.RowsPerStrip * layout.RowBytes)];
        TiffMessages.Install();
        TiffMessages.Take("");
        _tiff = Tiff.Open(path, bigTiff ? "w8l" : "wl") ?? throw new IOException(TiffMessages.Take("the file cannot be created"));
        try
        {
            compressor.CheckAvailable(_tiff);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Append(ReadOnlySpan<byte> rows)
    {
        var height = _layout.Info.Shape.Height;
        while (!rows.IsEmpty)
        {
            var count = Math.Min(rows.Length / _layout.RowBytes, _layout.RowsPerStrip - _buffered);
            rows[..(count * _layout.RowBytes)].CopyTo(_strip.AsSpan(_buffered * _layout.RowBytes));
            rows = rows[(count * _layout.RowBytes)..];
            _buffered += count;
            _row += count;
            if (_buffered == _layout.RowsPerStrip || _row == height)
            {
                WriteStrip(_row - _buffered);
            }

            if (_row == height)
            {
                Check(_tiff!.WriteDirectory());
                _row = 0;
            }
        }
    }

    public void Finish(IReadOnlyList<NewTag> tags)
    {
        // Closing flushes; what it could not write shows in the message.
        Dispose();
        if (TiffMessages.Take("") is { Length: > 0 } error)
        {
            throw new IOException(error);
        }

        // The library rounds resolutions to float32.
        RawDirectoryWriter.SetTags(_path, [.. tags, .. _layout.ResolutionTags]);
    }

    public void Dispose()
    {
        _tiff?.Dispose();
        _tiff = null;
    }

    private void WriteStrip(int firstRow)
    {
        var bytes = _buffered * _layout.RowBytes;
        if (firstRow == 0)
        {
            SetTags(_strip.AsSpan(0, bytes));
        }

        _buffered = 0;
        Check(_tiff!.WriteEncodedStrip(firstRow / _layout.RowsPerStrip, _strip, 0, bytes));
    }

    private void SetTags(ReadOnlySpan<byte> firstRows)
    {
        var (tiff, shape) = (_tiff!, _layout.Info.Shape);
        tiff.SetField(TiffTag.IMAGEWIDTH, shape.Width);
        tiff.SetField(TiffTag.IMAGELENGTH, shape.Height);
        tiff.SetField(TiffTag.BITSPERSAMPLE, _layout.BitsPerSample);
        tiff.SetField(TiffTag.SAMPLESPERPIXEL, 1);
        tiff.SetField(TiffTag.ROWSPERSTRIP, _layout.RowsPerStrip);
        tiff.SetField(TiffTag.PLANARCONFIG, (int)PlanarConfig.CONTIG);
        tiff.SetField(TiffTag.PHOTOMETRIC, (int)Photometric.MINISBLACK);
        tiff.SetField(TiffTag.SAMPLEFORMAT, (int)_layout.SampleFormat);
        if (_colours is [var red, var green, var blue])
        {
            tiff.SetField(TiffTag.COLORMAP, red, green, blue);
        }

        _compressor.SetTags(tiff, firstRows, _layout.RowBytes);
    }

    private static void Check(bool written)
    {
        if (!written)
        {
            throw new IOException(TiffMessages.Take("the disk may be full"));
        }
    }
}
