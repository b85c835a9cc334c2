using BitMiracle.LibTiff.Classic;

namespace InferenceBridge.Imaging;

/// <summary>How the pages of a volume become channels.</summary>
/// <param name="Channels">Channels of one page.</param>
/// <param name="PixelType">Type of their pixels.</param>
/// <param name="UsesPalette">Samples are looked up in the page's colour map.</param>
/// <param name="Inverts">Values of pages in which 0 is white are inverted.</param>
/// <param name="Notes">What was done, for people.</param>
internal sealed record TiffColourPlan(int Channels, PixelType PixelType, bool UsesPalette, bool Inverts, IReadOnlyList<string> Notes)
{
    /// <summary>Plans for the pages that are like <paramref name="page"/>, which is current.</summary>
    /// <param name="tiff">The file.</param>
    /// <param name="page">A page that is read.</param>
    /// <param name="flavour">ImageJ and OME store intensities; what a page says of colours is how they are shown.</param>
    /// <param name="path">Name of the file, for messages.</param>
    /// <exception cref="InferenceException">The page has a palette without a colour map.</exception>
    public static TiffColourPlan Of(Tiff tiff, TiffPage page, TiffFlavour flavour, string path)
    {
        var notes = new List<string>();
        if (page.Orientation != Orientation.TOPLEFT)
        {
            notes.Add($"rows and columns were read as they are stored; the file asks to show them turned ({page.Orientation})");
        }

        var plan = page.Colour switch
        {
            TiffColour.Converted => Converted(page, 3, "red, green and blue", notes),
            TiffColour.ConvertedGrey => Converted(page, 1, "grey", notes),
            TiffColour.Palette when flavour == TiffFlavour.Plain => Palette(
                TiffPalette.Read(tiff) ?? throw TiffErrors.Invalid(path, "a palette without a colour map; accepted: 3 tables of 2^bits entries"), page, notes),
            _ => Samples(page, flavour, notes),
        };
        return plan with { Notes = notes };
    }

    private static TiffColourPlan Converted(TiffPage page, int channels, string colours, List<string> notes)
    {
        notes.Add($"colours in {page.Photometric} were turned into {channels} channel{(channels == 1 ? "" : "s")} of 8 bits: {colours}");
        return new TiffColourPlan(channels, PixelType.UInt8, UsesPalette: false, Inverts: false, []);
    }

    private static TiffColourPlan Palette(TiffPalette palette, TiffPage page, List<string> notes)
    {
        var channels = palette.IsGrey ? 1 : 3;
        var type = palette.FitsByte ? PixelType.UInt8 : PixelType.UInt16;
        notes.Add(palette.IsGrey
            ? $"the palette's greys were read as 1 channel of {type.Name()}"
            : $"the palette's colours were turned into 3 channels of {type.Name()}: red, green and blue");
        if (page.Samples > 1)
        {
            notes.Add($"{page.Samples - 1} of {page.Samples} samples of each pixel beside the palette were left out");
        }

        return new TiffColourPlan(channels, type, UsesPalette: true, Inverts: false, []);
    }

    private static TiffColourPlan Samples(TiffPage page, TiffFlavour flavour, List<string> notes)
    {
        if (page.Type.Note is { } widened)
        {
            notes.Add(widened);
        }

        if (page.Samples > 1)
        {
            notes.Add($"the {page.Samples} samples of each pixel were read as channels{Names(page)}");
        }

        if (page.Colour == TiffColour.Palette)
        {
            notes.Add("values were read as intensities; the colour map is how they are shown");
        }

        // ImageJ stores an inverted lookup table in this way, and leaves the values alone.
        var inverts = flavour != TiffFlavour.ImageJ && page.Type.Format == SampleFormat.UINT;
        if (page.IsMinWhite)
        {
            notes.Add(inverts ? "values were inverted, since 0 is white in the file" : "values were read as they are, though the file shows 0 as white");
        }

        return new TiffColourPlan(page.Samples, page.Type.PixelType, UsesPalette: false, inverts, []);
    }

    private static string Names(TiffPage page) => (page.Photometric, page.Samples) switch
    {
        (Photometric.RGB, 3) or (Photometric.YCBCR, 3) => ": red, green, blue",
        (Photometric.RGB, > 3) => $": red, green, blue and {page.Samples - 3} more",
        (Photometric.SEPARATED, 4) => ": cyan, magenta, yellow, black",
        _ => "",
    };
}
