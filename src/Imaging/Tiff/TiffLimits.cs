using BitMiracle.LibTiff.Classic;

namespace InferenceBridge.Imaging;

/// <summary>
/// What a file of its size can hold. Sizes in a hostile file are only claims, so they are held against this before memory
/// is taken for them.
/// </summary>
internal sealed class TiffLimits(string path, long fileBytes)
{
    private const long MinPlanes = 1 << 20;
    private const long BytesPerPlane = 64;

    /// <summary>Codecs that can say "all black" in a few bytes are believed up to here, or up to LZW's expansion.</summary>
    private const long MaxBlankBytes = 128L << 20;

    private const long LzwExpansion = 2600;

    /// <summary>The limits of a file on disk.</summary>
    public static TiffLimits Of(string path) => new(path, FileBytes.Of(path));

    /// <summary>Refuses a page whose pixels, or one of whose tiles, the file cannot hold; others are given back as they are.</summary>
    public TiffPage Judge(TiffPage page) => page.Refusal is null ? page with { Refusal = Refuse(page) } : page;

    /// <summary>Checks a number of planes before lists of them are made.</summary>
    /// <exception cref="InferenceException">The file is too small for so many.</exception>
    public void CheckPlanes(Int128 planes)
    {
        var most = Math.Max(MinPlanes, fileBytes / BytesPerPlane);
        if (planes > most)
        {
            throw TiffErrors.Invalid(path, $"it claims {planes} planes; accepted in a file of {fileBytes} bytes: at most {most}");
        }
    }

    private static Int128 Row(TiffPage page, long width, int samples) => (((Int128)width * samples * page.Type.Bits) + 7) / 8;

    private string? Refuse(TiffPage page)
    {
        // Colour spaces may be stored in little more than a byte a pixel.
        var isConverted = page.Colour is TiffColour.Converted or TiffColour.ConvertedGrey;
        var samples = page.IsPlanar || isConverted ? 1 : page.Samples;
        var row = Row(page, page.Width, samples);
        var longest = Int128.Max(row, (Int128)page.Width * page.Type.PixelType.BytesPerPixel());
        if (longest > Array.MaxLength)
        {
            return $"a row of {page.Width} pixels takes {longest} bytes; accepted: at most {Array.MaxLength}";
        }

        var most = MostDecodedBytes(page.Compression);
        var claimed = row * page.Height * (page.IsPlanar && !isConverted ? page.Samples : 1);
        if (claimed > most)
        {
            return $"a page of {page.Width}×{page.Height} pixels takes {claimed} bytes, {Excess(page)}";
        }

        var tile = Row(page, page.BlockWidth, samples) * page.BlockHeight;
        return page.IsTiled && tile > Int128.Min(most, Array.MaxLength)
            ? $"a tile of {page.BlockWidth}×{page.BlockHeight} pixels takes {tile} bytes, {Excess(page)}"
            : null;
    }

    private string Excess(TiffPage page) =>
        $"more than a file of {fileBytes} bytes can hold (compression: {TiffDirectory.CompressionName(page.Compression)})";

    // Expansion that the formats themselves allow: PackBits makes 128 bytes of 2, deflate 258 of 2 bits, LZW a string of the
    // whole table of 12 bits; zstd and the fax, JPEG and other codecs have no useful bound.
    private Int128 MostDecodedBytes(Compression compression) => compression switch
    {
        Compression.NONE => fileBytes,
        Compression.PACKBITS => fileBytes * (Int128)64,
        Compression.ADOBE_DEFLATE or Compression.DEFLATE => fileBytes * (Int128)1032,
        Compression.LZW => fileBytes * (Int128)LzwExpansion,
        _ => Int128.Max(MaxBlankBytes, fileBytes * (Int128)LzwExpansion),
    };
}
