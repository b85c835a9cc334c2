using System.Xml.Linq;

namespace InferenceBridge.Imaging;

/// <summary>What the planes of a file mean and where they are.</summary>
/// <param name="Info">Shape, pixel type, calibration.</param>
/// <param name="Flavour">Convention that the file follows.</param>
/// <param name="Plan">How a page becomes channels.</param>
/// <param name="Model">A page; all others of the volume have the same pixels.</param>
/// <param name="Locate">Place of a plane by its number (Z fastest, then C, then T); pages are numbered in <paramref name="Pages"/>.</param>
/// <param name="Pages">Pages of the file that was opened; of other files of a set, pages of their chains are meant.</param>
internal sealed record TiffAxes(
    VolumeInfo Info, TiffFlavour Flavour, TiffColourPlan Plan, TiffPage Model, Func<long, PlaneLocation> Locate, IReadOnlyList<TiffPage> Pages)
{
    /// <summary>Names of the other files of a set: file 1 and up.</summary>
    public IReadOnlyList<string> OtherFiles { get; init; } = [];

    /// <summary>Images behind the only page, which hold the planes in its stead; null mostly.</summary>
    public RawStack? Raw { get; init; }

    /// <summary>The OME-XML's element of the image's pixels; null where the file is no OME-TIFF.</summary>
    public XElement? OmePixels { get; init; }

    /// <summary>What was done or left out, for people.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Reads what the first page says of the whole file.</summary>
    /// <exception cref="InferenceException">It is damaged, or of a kind that is not read.</exception>
    public static TiffAxes Read(TiffSource source)
    {
        source.Select(source.Chain[0]);
        var description = TiffDirectory.Description(source.Tiff);
        if (OmeXml.IsOme(description))
        {
            return OmeImageReader.Read(description, source);
        }

        var imageJ = ImageJDescription.Parse(description);
        var (x, y) = ExactResolution.Read(source.Path) ?? TiffDirectory.Resolution(source.Tiff);
        var calibration = imageJ?.Calibration(x, y) ?? TiffDirectory.PlainCalibration(source.Tiff);
        var notes = new List<string>();
        var pages = TiffDirectory.SelectStack(source.Tiff, source.Chain, source.Path, notes);
        source.Select(pages[0]);
        var flavour = imageJ is null ? TiffFlavour.Plain : TiffFlavour.ImageJ;
        var plan = TiffColourPlan.Of(source.Tiff, pages[0], flavour, source.Path);
        var axes = imageJ is null
            ? Plain(plan, pages, calibration)
            : FromImageJ(source, plan, pages, imageJ, calibration);
        return axes with { Notes = [.. notes, .. plan.Notes] };
    }

    /// <summary>Pages are slices; their channels are channels.</summary>
    private static TiffAxes Plain(TiffColourPlan plan, IReadOnlyList<TiffPage> pages, Calibration calibration)
    {
        var shape = new VolumeShape(1, plan.Channels, pages.Count, pages[0].Height, pages[0].Width);
        return new TiffAxes(new VolumeInfo(shape, plan.PixelType) { Calibration = calibration }, TiffFlavour.Plain, plan, pages[0], Locate, pages);

        PlaneLocation Locate(long plane)
        {
            var (_, c, z) = shape.PlaneAt(plane);
            return new PlaneLocation(0, z, c);
        }
    }

    /// <summary>ImageJ: images in the order C fastest, then Z, then T; channels of a page take part in C.</summary>
    private static TiffAxes FromImageJ(
        TiffSource source, TiffColourPlan plan, IReadOnlyList<TiffPage> pages, ImageJDescription description, Calibration calibration)
    {
        var raw = pages.Count == 1 && description.Images > 1 ? RawStack.Open(source.Tiff, pages[0], description.Images, source.Path) : null;
        try
        {
            var (channels, slices, frames) = description.Axes(raw is null ? pages.Count : description.Images, source.Path);
            var shape = new VolumeShape(frames, checked(channels * plan.Channels), slices, pages[0].Height, pages[0].Width);
            shape.Validate(source.Path);
            var info = new VolumeInfo(shape, plan.PixelType) { Calibration = calibration };
            return new TiffAxes(info, TiffFlavour.ImageJ, plan, pages[0], plane =>
            {
                var (t, c, z) = shape.PlaneAt(plane);
                var (channel, inPage) = Math.DivRem(c, plan.Channels);
                return new PlaneLocation(0, checked((((t * slices) + z) * channels) + channel), inPage);
            }, pages) { Raw = raw };
        }
        catch
        {
            raw?.Dispose();
            throw;
        }
    }
}
