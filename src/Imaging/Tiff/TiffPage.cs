using BitMiracle.LibTiff.Classic;

namespace InferenceBridge.Imaging;

/// <summary>What one image file directory says of its pixels.</summary>
internal sealed record TiffPage(
    long Offset, int Width, int Height, int Samples, TiffSampleType? SampleType, bool IsPlanar, bool IsTiled, Compression Compression)
{
    /// <summary>Rows of a strip, or height of a tile.</summary>
    public required int BlockHeight { get; init; }

    /// <summary>Width of a tile; the image's width for strips.</summary>
    public required int BlockWidth { get; init; }

    /// <summary>Bits of a sample and what they are, for messages.</summary>
    public required string Kind { get; init; }

    /// <summary>Meaning of the samples.</summary>
    public required TiffColour Colour { get; init; }

    /// <summary>As the file tells it.</summary>
    public required Photometric Photometric { get; init; }

    /// <summary>Why the pixels are not read; null where they are.</summary>
    public required string? Refusal { get; init; }

    /// <summary>True for smaller copies and masks of another page.</summary>
    public required bool IsReduced { get; init; }

    /// <summary>Directories beside the chain that belong to this page: mostly its smaller copies.</summary>
    public required IReadOnlyList<long> SubDirectories { get; init; }

    /// <summary>How a person should turn the picture; pixels are delivered as they are stored.</summary>
    public required Orientation Orientation { get; init; }

    /// <summary>True for JPEG in YCbCr, which is asked to come as RGB.</summary>
    public bool IsJpegColour => Compression == Compression.JPEG && Photometric == Photometric.YCBCR;

    /// <summary>True where 0 is white.</summary>
    public bool IsMinWhite => Photometric == Photometric.MINISWHITE;

    /// <summary>Type of a sample of a page that is read.</summary>
    public TiffSampleType Type => SampleType ?? throw new InvalidOperationException("A page that is refused has no type.");

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
        Width == other.Width && Height == other.Height && Samples == other.Samples && SampleType == other.SampleType
        && Colour == other.Colour && Refusal is null && other.Refusal is null;

    /// <summary>"512×512 pixels, 3 samples of 8 bits (UINT)".</summary>
    public override string ToString() => $"{Width}×{Height} pixels, {Kind}";
}
