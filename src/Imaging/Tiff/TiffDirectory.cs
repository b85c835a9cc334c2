using System.Text;
using BitMiracle.LibTiff.Classic;

namespace InferenceBridge.Imaging;

/// <summary>Walks the directories of a TIFF and finds out what its pages mean.</summary>
internal static class TiffDirectory
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The full-resolution pages with the pixels of the first one, in the order of the file.</summary>
    /// <exception cref="InferenceException">A page is of a kind that is not read, or the directories run in a circle.</exception>
    public static IReadOnlyList<TiffPage> ReadPages(Tiff tiff, string path)
    {
        var pages = new List<TiffPage>();
        var offsets = new HashSet<long>();
        var limits = TiffLimits.Of(path);
        do
        {
            if (!offsets.Add(tiff.CurrentDirOffset()))
            {
                throw TiffErrors.Invalid(path, $"its directories run in a circle after {pages.Count} pages");
            }

            var page = TiffPage.Read(tiff, path);
            limits.Check(page);
            if (pages.Count == 0 || (!page.IsReduced && page.HasSamePixels(pages[0])))
            {
                pages.Add(page);
            }
            else if (!page.IsReduced)
            {
                throw TiffErrors.Invalid(path, $"page {pages.Count} has {page.Width}×{page.Height} pixels of {page.SampleType.Bits} bits, "
                    + $"page 0 has {pages[0].Width}×{pages[0].Height} of {pages[0].SampleType.Bits}; accepted: pages that are alike");
            }

            CheckUndamaged(TiffMessages.TakeLostTag(), pages.Count - 1, path);
            TiffMessages.Take("");
        }
        while (tiff.ReadDirectory());

        // The end of the chain is no error; a directory that cannot be read is.
        CheckUndamaged(TiffMessages.Take(""), pages.Count, path);
        limits.CheckPlanes((Int128)pages.Count * pages[0].Samples);
        return pages;
    }

    /// <summary>Axes and calibration, from the first page, which is current.</summary>
    public static TiffAxes ReadAxes(Tiff tiff, IReadOnlyList<TiffPage> pages, string path)
    {
        var description = Text(tiff, TiffTag.IMAGEDESCRIPTION);
        var (x, y) = (Number(tiff, TiffTag.XRESOLUTION), Number(tiff, TiffTag.YRESOLUTION));
        if (OmeXml.IsOme(description))
        {
            return OmeXml.Parse(description, pages[0], pages.Count, path);
        }

        return ImageJDescription.Parse(description) is { } imageJ
            ? TiffAxes.FromImageJ(pages[0], pages.Count, imageJ, imageJ.Calibration(x, y), path)
            : TiffAxes.Plain(pages[0], pages.Count, PlainCalibration(tiff, x, y));
    }

    /// <summary>What was done to pixels or axes, for people.</summary>
    public static IEnumerable<string> Notes(TiffPage page)
    {
        if (page.SampleType.Note is { } widened)
        {
            yield return widened;
        }

        if (page.Samples > 1)
        {
            yield return $"the {page.Samples} samples of each pixel were read as channels";
        }

        if (page.IsInverted)
        {
            yield return "values were inverted, since 0 is white in the file";
        }
    }

    /// <summary>True where the file's header says version 43.</summary>
    public static bool IsBigTiff(string path)
    {
        Span<byte> header = stackalloc byte[4];
        using var stream = File.OpenRead(path);
        stream.ReadExactly(header);
        return header[2] == 43 || header[3] == 43;
    }

    /// <summary>The name that people know a compression by.</summary>
    public static string CompressionName(Compression compression) => compression switch
    {
        Compression.NONE => "none",
        Compression.ADOBE_DEFLATE or Compression.DEFLATE => "deflate",
        (Compression)50000 => "zstd",
        (Compression)50001 => "webp",
        _ => compression.ToString().ToLowerInvariant(),
    };

    private static void CheckUndamaged(string? error, int page, string path)
    {
        if (!string.IsNullOrEmpty(error))
        {
            throw TiffErrors.Invalid(path, $"it is damaged at page {page}: {error}");
        }
    }

    // Descriptions should be ASCII; OME-XML is UTF-8, old software writes Latin-1.
    private static string Text(Tiff tiff, TiffTag tag)
    {
        if (tiff.GetField(tag) is not { Length: > 0 } value || value[0].ToByteArray() is not { } bytes)
        {
            return "";
        }

        var end = Array.IndexOf(bytes, (byte)0);
        var text = bytes.AsSpan(0, end < 0 ? bytes.Length : end);
        try
        {
            return StrictUtf8.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(text);
        }
    }

    private static double Number(Tiff tiff, TiffTag tag) =>
        tiff.GetField(tag) is { Length: > 0 } value && double.IsFinite(value[0].ToDouble()) ? value[0].ToDouble() : 0;

    // Resolutions of 72 per inch are what software writes that knows nothing of the pixel size.
    private static Calibration PlainCalibration(Tiff tiff, double x, double y)
    {
        var unit = tiff.GetField(TiffTag.RESOLUTIONUNIT) is { Length: > 0 } value ? (ResUnit)value[0].ToInt() : ResUnit.NONE;
        return x > 0 && y > 0 && unit switch { ResUnit.INCH => x != 72, ResUnit.CENTIMETER => true, _ => false }
            ? new Calibration { VoxelWidth = 1 / x, VoxelHeight = 1 / y, Unit = unit == ResUnit.INCH ? "inch" : "cm" }
            : Calibration.None;
    }
}
