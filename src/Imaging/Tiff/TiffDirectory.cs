using System.Text;
using BitMiracle.LibTiff.Classic;

namespace InferenceBridge.Imaging;

/// <summary>Walks the directories of a TIFF.</summary>
internal static class TiffDirectory
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Every page of the chain, in the order of the file.</summary>
    /// <exception cref="InferenceException">A directory is damaged, or the directories run in a circle.</exception>
    public static IReadOnlyList<TiffPage> ReadChain(Tiff tiff, string path)
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

            pages.Add(limits.Judge(TiffPageReader.Read(tiff, path)));
            CheckUndamaged(TiffMessages.TakeLostTag(), pages.Count - 1, path);
            TiffMessages.Take("");
        }
        while (tiff.ReadDirectory());

        // The end of the chain is no error; a directory that cannot be read is.
        CheckUndamaged(TiffMessages.Take(""), pages.Count, path);
        return pages;
    }

    /// <summary>
    /// The pages of a stack: those like the first one that is not a smaller copy. Where the chain holds smaller copies alone,
    /// as in raw photographs, the full-resolution pages are looked for beside it.
    /// </summary>
    /// <param name="tiff">The file; another directory may be current afterwards.</param>
    /// <param name="chain">Every page of the chain.</param>
    /// <param name="path">Name of the file, for messages.</param>
    /// <param name="notes">What was left out is added here.</param>
    /// <exception cref="InferenceException">The first page is of a kind that is not read.</exception>
    public static IReadOnlyList<TiffPage> SelectStack(Tiff tiff, IReadOnlyList<TiffPage> chain, string path, List<string> notes)
    {
        IReadOnlyList<TiffPage> candidates = chain[0].IsReduced ? [.. chain, .. ReadSubDirectories(tiff, chain[0], path)] : chain;
        var full = candidates.Where(page => !page.IsReduced).ToList();
        if (full.Count == 0)
        {
            full = [chain[0]];
        }

        if (full[0].Refusal is { } refusal)
        {
            throw TiffErrors.Invalid(path, refusal);
        }

        var stack = full.Where(page => page.HasSamePixels(full[0])).ToList();
        if (full.Count > stack.Count)
        {
            notes.Add($"{full.Count - stack.Count} of {full.Count} pages were left out, since they are not like the first "
                + $"({full[0]}), such as one of {full.First(page => !page.HasSamePixels(full[0]))}");
        }

        if (candidates.Count > full.Count || stack[0].SubDirectories.Count > 0)
        {
            notes.Add("the full resolution was read; smaller copies were left out");
        }

        return stack;
    }

    /// <summary>The description of the current directory; empty where there is none.</summary>
    public static string Description(Tiff tiff) => Text(tiff, TiffTag.IMAGEDESCRIPTION);

    /// <summary>Pixels per unit along x and y, as the resolution tags give them; 0 where they do not.</summary>
    public static (double X, double Y) Resolution(Tiff tiff) => (Number(tiff, TiffTag.XRESOLUTION), Number(tiff, TiffTag.YRESOLUTION));

    /// <summary>Calibration from the tags of the current directory alone.</summary>
    public static Calibration PlainCalibration(Tiff tiff)
    {
        // Resolutions of 72 per inch are what software writes that knows nothing of the pixel size.
        var (x, y) = Resolution(tiff);
        var unit = tiff.GetField(TiffTag.RESOLUTIONUNIT) is { Length: > 0 } value ? (ResUnit)value[0].ToInt() : ResUnit.NONE;
        return x > 0 && y > 0 && unit switch { ResUnit.INCH => x != 72, ResUnit.CENTIMETER => true, _ => false }
            ? new Calibration { VoxelWidth = 1 / x, VoxelHeight = 1 / y, Unit = unit == ResUnit.INCH ? "inch" : "cm" }
            : Calibration.None;
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

    private static List<TiffPage> ReadSubDirectories(Tiff tiff, TiffPage page, string path)
    {
        var pages = new List<TiffPage>();
        var limits = TiffLimits.Of(path);
        foreach (var offset in page.SubDirectories.Distinct())
        {
            if (!tiff.SetSubDirectory(offset))
            {
                throw TiffErrors.Invalid(path, $"the directory at {offset}, beside the chain, cannot be read: {TiffMessages.Take("unknown cause")}");
            }

            pages.Add(limits.Judge(TiffPageReader.Read(tiff, path)));
        }

        return pages;
    }

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
}
