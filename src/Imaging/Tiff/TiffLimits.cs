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
    public static TiffLimits Of(string path) => new(path, new FileInfo(path).Length);

    /// <summary>Checks that the file can hold the pixels of a page, and one of its tiles.</summary>
    /// <exception cref="InferenceException">It cannot.</exception>
    public void Check(TiffPage page)
    {
        var samples = page.IsPlanar ? 1 : page.Samples;
        var row = Row(page, page.Width, samples);
        var pixelRow = (Int128)page.Width * page.SampleType.PixelType.BytesPerPixel();
        if (pixelRow > Array.MaxLength || row > Array.MaxLength)
        {
            throw TiffErrors.Invalid(path, $"a row of {page.Width} pixels takes {Int128.Max(row, pixelRow)} bytes; accepted: at most {Array.MaxLength}");
        }

        var most = MostDecodedBytes(page.Compression);
        var claimed = row * page.Height * (page.IsPlanar ? page.Samples : 1);
        if (claimed > most)
        {
            throw TiffErrors.Invalid(path, $"a page of {page.Width}×{page.Height} pixels takes {claimed} bytes, "
                + $"more than a file of {fileBytes} bytes can hold (compression: {TiffDirectory.CompressionName(page.Compression)})");
        }

        var tile = Row(page, page.BlockWidth, samples) * page.BlockHeight;
        if (page.IsTiled && tile > Int128.Min(most, Array.MaxLength))
        {
            throw TiffErrors.Invalid(path, $"a tile of {page.BlockWidth}×{page.BlockHeight} pixels takes {tile} bytes, "
                + $"more than a file of {fileBytes} bytes can hold (compression: {TiffDirectory.CompressionName(page.Compression)})");
        }
    }

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

    private static Int128 Row(TiffPage page, long width, int samples) => (((Int128)width * samples * page.SampleType.Bits) + 7) / 8;

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
