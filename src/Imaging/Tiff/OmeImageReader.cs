using System.Globalization;
using System.Xml.Linq;

namespace InferenceBridge.Imaging;

/// <summary>Reads one image of an OME-TIFF: axes, calibration, channel names and where the planes are.</summary>
internal static class OmeImageReader
{
    /// <summary>Reads the image that has planes in the opened file: the first such one.</summary>
    /// <param name="description">OME-XML of the opened file.</param>
    /// <param name="source">The opened file.</param>
    /// <exception cref="InferenceException">The XML is damaged, or tells planes that are not there.</exception>
    public static TiffAxes Read(string description, TiffSource source)
    {
        var (document, ownUuid) = OmeXmlLoader.Load(description, source.Path);
        var images = document.Descendants().Where(e => e.Name.LocalName == "Pixels").ToList();
        if (images.Count == 0)
        {
            throw TiffErrors.Invalid(source.Path, "its OME-XML has no Pixels element");
        }

        var files = new OmeFiles(source.Path, ownUuid, images);
        var pixels = images.Find(files.IsInOpenedFile) ?? images[0];
        var order = pixels.Attribute("DimensionOrder")?.Value ?? "XYZCT";
        CheckOrder(order, source.Path);
        var sizes = new VolumeShape(Size(pixels, "T", source.Path), Size(pixels, "C", source.Path), Size(pixels, "Z", source.Path),
            Size(pixels, "Y", source.Path), Size(pixels, "X", source.Path));
        TiffLimits.Of(source.Path).CheckPlanes((Int128)sizes.Frames * sizes.Channels * sizes.Depth);

        var runs = OmeTiffData.Runs(pixels, files, source).ToList();
        var (page, plan) = Model(runs, files, source, sizes);
        if (sizes.Channels % plan.Channels != 0)
        {
            throw TiffErrors.Invalid(source.Path, $"its OME-XML says {sizes.Channels} channels, its pages have {plan.Channels} samples a pixel; accepted: a multiple");
        }

        // Samples of a pixel take part in SizeC: a page holds as many channels.
        var pageShape = sizes with { Channels = sizes.Channels / plan.Channels };
        var places = OmeTiffData.Places(runs, new OmeOrder(order, pageShape), source);
        CheckPages(places, source, page);
        var info = new VolumeInfo(sizes, plan.PixelType)
        {
            Calibration = OmeCalibration.Read(pixels),
            ChannelNames = OmeCalibration.ChannelNames(pixels, sizes.Channels),
        };
        return new TiffAxes(info, TiffFlavour.Ome, plan, page, plane =>
        {
            var (t, c, z) = sizes.PlaneAt(plane);
            var (channel, inPage) = Math.DivRem(c, plan.Channels);
            var (file, number) = places[checked((int)pageShape.PlaneNumber(t, channel, z))];
            return new PlaneLocation(file, number, inPage);
        }, source.Chain)
        {
            OtherFiles = files.Others,
            OmePixels = pixels,
            Notes = [.. Notes(images, pixels, files, page), .. plan.Notes],
        };
    }

    private static IEnumerable<string> Notes(List<XElement> images, XElement pixels, OmeFiles files, TiffPage page)
    {
        if (images.Count > 1)
        {
            yield return $"image {images.IndexOf(pixels) + 1} of the {images.Count} in the OME-XML was read";
        }

        if (files.Others.Count > 0)
        {
            yield return $"the planes are spread over {files.Others.Count + (files.IsInOpenedFile(pixels) ? 1 : 0)} files";
        }

        if (page.SubDirectories.Count > 0)
        {
            yield return "the full resolution was read; smaller copies were left out";
        }
    }

    // The page that tells the pixels' kind: one of the opened file, or where that has none, one of the first file that does.
    private static (TiffPage Page, TiffColourPlan Plan) Model(List<OmeRun> runs, OmeFiles files, TiffSource source, VolumeShape sizes)
    {
        if (runs.Count == 0)
        {
            throw TiffErrors.Invalid(source.Path, "its OME-XML tells of no plane in any file");
        }

        var own = runs.FindIndex(run => run.File == 0);
        var run = runs[own >= 0 ? own : 0];
        if (run.File == 0)
        {
            return Model(source, run.Page, sizes);
        }

        using var holder = TiffSource.Open(files.Others[run.File - 1]);
        return Model(holder, run.Page, sizes);
    }

    private static (TiffPage Page, TiffColourPlan Plan) Model(TiffSource source, int number, VolumeShape sizes)
    {
        if (number >= source.Chain.Count)
        {
            throw TiffErrors.Invalid(source.Path, $"the OME-XML wants its page {number}; it has {source.Chain.Count}");
        }

        var page = source.Chain[number];
        if (page.Refusal is { } refusal)
        {
            throw TiffErrors.Invalid(source.Path, refusal);
        }

        if (sizes.Height != page.Height || sizes.Width != page.Width)
        {
            throw TiffErrors.Invalid(source.Path,
                $"its OME-XML says {sizes.Height}×{sizes.Width} pixels, its page {number} has {page.Height}×{page.Width}; accepted: equal sizes");
        }

        source.Select(page);
        return (page, TiffColourPlan.Of(source.Tiff, page, TiffFlavour.Ome, source.Path));
    }

    private static void CheckPages(IReadOnlyList<(int File, int Page)> places, TiffSource source, TiffPage model)
    {
        foreach (var (file, number) in places)
        {
            if (file == 0 && !source.Chain[number].HasSamePixels(model))
            {
                throw TiffErrors.Invalid(source.Path, $"page {number} has {source.Chain[number]}; accepted in this image: {model}");
            }
        }
    }

    private static void CheckOrder(string order, string path)
    {
        if (order.Length != 5 || !order.StartsWith("XY", StringComparison.Ordinal) || !order[2..].Order().SequenceEqual("CTZ"))
        {
            throw TiffErrors.Invalid(path, $"its OME-XML has DimensionOrder=\"{order}\"; accepted: XY followed by Z, C and T in any order");
        }
    }

    private static int Size(XElement pixels, string axis, string path) =>
        int.TryParse(pixels.Attribute($"Size{axis}")?.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var size) && size > 0
            ? size
            : throw TiffErrors.Invalid(path, $"its OME-XML has Size{axis}=\"{pixels.Attribute($"Size{axis}")?.Value}\"; accepted: 1 or more");
}
