using BitMiracle.LibTiff.Classic;

namespace InferenceBridge.Imaging;

/// <summary>Reads what the current directory of a file says of its pixels.</summary>
internal static class TiffPageReader
{
    /// <summary>Reads the directory that is current in <paramref name="tiff"/>.</summary>
    /// <exception cref="InferenceException">Sizes are absurd. Kinds of pixels that are not read are told in <see cref="TiffPage.Refusal"/>.</exception>
    public static TiffPage Read(Tiff tiff, string path)
    {
        var (width, height) = Sizes(tiff, path);
        var compression = (Compression)Integer(tiff, TiffTag.COMPRESSION, (int)Compression.NONE);
        var photometric = (Photometric)Integer(tiff, TiffTag.PHOTOMETRIC, (int)Photometric.MINISBLACK);
        var samples = (int)Unsigned(tiff, TiffTag.SAMPLESPERPIXEL, 1);
        var tiled = tiff.IsTiled();
        var blockHeight = tiled
            ? Integer(tiff, TiffTag.TILELENGTH, 0)
            : Math.Min(height, UnsignedRows(Integer(tiff, TiffTag.ROWSPERSTRIP, height), height));
        var blockWidth = tiled ? Integer(tiff, TiffTag.TILEWIDTH, 0) : width;
        if (samples is < 1 or > ushort.MaxValue || blockHeight < 1 || blockWidth < 1)
        {
            throw TiffErrors.Invalid(path, $"a page with {samples} samples in blocks of {blockWidth}×{blockHeight} pixels; accepted: at least 1 of each");
        }

        var bits = Integer(tiff, TiffTag.BITSPERSAMPLE, 1);
        var format = (SampleFormat)Integer(tiff, TiffTag.SAMPLEFORMAT, (int)SampleFormat.UINT);
        var colour = ColourOf(photometric, compression);
        var type = colour is TiffColour.Samples or TiffColour.Palette ? TiffSampleType.Of(bits, format) : TiffSampleType.Of(8, SampleFormat.UINT);
        return new TiffPage(
            tiff.CurrentDirOffset(), width, height, samples, type,
            samples > 1 && Integer(tiff, TiffTag.PLANARCONFIG, (int)PlanarConfig.CONTIG) == (int)PlanarConfig.SEPARATE,
            tiled, compression)
        {
            BlockHeight = blockHeight,
            BlockWidth = blockWidth,
            Kind = $"{samples} sample{(samples == 1 ? "" : "s")} of {bits} bits ({format}, {photometric})",
            Colour = colour,
            Photometric = photometric,
            Refusal = Refuse(tiff, colour, photometric, compression, type, bits, format),
            IsReduced = (Integer(tiff, TiffTag.SUBFILETYPE, 0) & (int)(FileType.REDUCEDIMAGE | FileType.MASK)) != 0,
            SubDirectories = tiff.GetField(TiffTag.SUBIFD) is { Length: 2 } field ? field[1].TolongArray() ?? [] : [],
            Orientation = (Orientation)Integer(tiff, TiffTag.ORIENTATION, (int)Orientation.TOPLEFT),
        };
    }

    private static (int Width, int Height) Sizes(Tiff tiff, string path)
    {
        var width = Unsigned(tiff, TiffTag.IMAGEWIDTH, 0);
        var height = Unsigned(tiff, TiffTag.IMAGELENGTH, 0);
        return width is >= 1 and <= int.MaxValue && height is >= 1 and <= int.MaxValue
            ? ((int)width, (int)height)
            : throw TiffErrors.Invalid(path, $"a page of {width}×{height} pixels; accepted: 1×1 to {int.MaxValue}×{int.MaxValue}");
    }

    private static string? Refuse(
        Tiff tiff, TiffColour colour, Photometric photometric, Compression compression, TiffSampleType? type, int bits, SampleFormat format)
    {
        if (colour is TiffColour.Converted or TiffColour.ConvertedGrey)
        {
            return tiff.RGBAImageOK(out var why) ? null : $"pixels in the colour space {photometric}: {why}";
        }

        if (!tiff.IsCodecConfigured(compression))
        {
            return $"the compression {(int)compression} ({compression}); accepted: none, LZW, deflate, zstd, PackBits, JPEG, CCITT, WebP, LERC";
        }

        return type is null ? $"samples of {bits} bits in format {format}; accepted: {TiffSampleType.Accepted}"
            : colour == TiffColour.Palette && (type.Format != SampleFormat.UINT || bits > 16)
                ? $"a palette with samples of {bits} bits in format {format}; accepted: unsigned integers of 1 to 16 bits"
                : null;
    }

    private static TiffColour ColourOf(Photometric photometric, Compression compression) => photometric switch
    {
        Photometric.PALETTE => TiffColour.Palette,
        Photometric.LOGL => TiffColour.ConvertedGrey,
        Photometric.YCBCR when compression != Compression.JPEG => TiffColour.Converted,
        Photometric.CIELAB or Photometric.ICCLAB or Photometric.ITULAB or Photometric.LOGLUV => TiffColour.Converted,
        _ => TiffColour.Samples,
    };

    private static int Integer(Tiff tiff, TiffTag tag, int absent) => tiff.GetField(tag) is { Length: > 0 } value ? value[0].ToInt() : absent;

    // The library holds unsigned numbers in signed types.
    private static long Unsigned(Tiff tiff, TiffTag tag, long absent) => tiff.GetField(tag) is not { Length: > 0 } value ? absent : value[0].Value switch
    {
        short number => (ushort)number,
        int number => (uint)number,
        _ => value[0].ToLong(),
    };

    // Writers put 2^32 − 1 for "all rows in one strip".
    private static int UnsignedRows(int rows, int height) => rows <= 0 ? height : rows;
}
