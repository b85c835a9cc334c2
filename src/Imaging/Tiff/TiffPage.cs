using BitMiracle.LibTiff.Classic;

namespace InferenceBridge.Imaging;

/// <summary>What one image file directory says of its pixels.</summary>
internal sealed record TiffPage(
    long Offset, int Width, int Height, int Samples, TiffSampleType SampleType, bool IsPlanar, bool IsTiled, Compression Compression)
{
    /// <summary>Rows of a strip, or height of a tile.</summary>
    public required int BlockHeight { get; init; }

    /// <summary>Width of a tile; the image's width for strips.</summary>
    public required int BlockWidth { get; init; }

    /// <summary>True where 0 is white: the values are inverted when read.</summary>
    public required bool IsInverted { get; init; }

    /// <summary>True for JPEG in YCbCr, which is asked to come as RGB.</summary>
    public required bool IsJpegColour { get; init; }

    /// <summary>True for smaller copies and masks of another page.</summary>
    public required bool IsReduced { get; init; }

    /// <summary>Reads the directory that is current in <paramref name="tiff"/>.</summary>
    /// <exception cref="InferenceException">The pixels are of a kind that is not read.</exception>
    public static TiffPage Read(Tiff tiff, string path)
    {
        int Int(TiffTag tag, int absent) => tiff.GetField(tag) is { Length: > 0 } value ? value[0].ToInt() : absent;

        var width = Int(TiffTag.IMAGEWIDTH, 0);
        var height = Int(TiffTag.IMAGELENGTH, 0);
        if (width < 1 || height < 1)
        {
            throw TiffErrors.Invalid(path, $"a page of {width}×{height} pixels; accepted: at least 1×1");
        }

        var compression = (Compression)Int(TiffTag.COMPRESSION, (int)Compression.NONE);
        var photometric = (Photometric)Int(TiffTag.PHOTOMETRIC, (int)Photometric.MINISBLACK);
        var samples = Int(TiffTag.SAMPLESPERPIXEL, 1);
        var tiled = tiff.IsTiled();
        var blockHeight = tiled ? Int(TiffTag.TILELENGTH, 0) : Math.Min(height, UnsignedRows(Int(TiffTag.ROWSPERSTRIP, height), height));
        var blockWidth = tiled ? Int(TiffTag.TILEWIDTH, 0) : width;
        if (samples is < 1 or > ushort.MaxValue || blockHeight < 1 || blockWidth < 1)
        {
            throw TiffErrors.Invalid(path, $"a page with {samples} samples in blocks of {blockWidth}×{blockHeight} pixels; accepted: at least 1 of each");
        }

        var isJpegColour = compression == Compression.JPEG && photometric == Photometric.YCBCR;
        if (photometric is Photometric.YCBCR or Photometric.LOGL or Photometric.LOGLUV or Photometric.CIELAB
            && !isJpegColour)
        {
            throw TiffErrors.Invalid(path, $"pixels in the colour space {photometric}; accepted: greyscale, palette, RGB, separated channels");
        }

        return new TiffPage(
            tiff.CurrentDirOffset(), width, height, samples,
            TiffSampleType.Of(Int(TiffTag.BITSPERSAMPLE, 1), (SampleFormat)Int(TiffTag.SAMPLEFORMAT, (int)SampleFormat.UINT), path),
            samples > 1 && Int(TiffTag.PLANARCONFIG, (int)PlanarConfig.CONTIG) == (int)PlanarConfig.SEPARATE,
            tiled, compression)
        {
            BlockHeight = blockHeight,
            BlockWidth = blockWidth,
            IsInverted = photometric == Photometric.MINISWHITE,
            IsJpegColour = isJpegColour,
            IsReduced = (Int(TiffTag.SUBFILETYPE, 0) & (int)(FileType.REDUCEDIMAGE | FileType.MASK)) != 0,
        };
    }

    /// <summary>Settings that libtiff forgets whenever another directory becomes current.</summary>
    public void Prepare(Tiff tiff)
    {
        if (IsJpegColour)
        {
            tiff.SetField(TiffTag.JPEGCOLORMODE, 1) /* JPEGCOLORMODE_RGB */;
        }
    }

    /// <summary>True where pages of one volume may differ from this one only in where they are.</summary>
    public bool HasSamePixels(TiffPage other) =>
        Width == other.Width && Height == other.Height && Samples == other.Samples && SampleType == other.SampleType;

    // Writers put 2^32 − 1 for "all rows in one strip".
    private static int UnsignedRows(int rows, int height) => rows <= 0 ? height : rows;
}
