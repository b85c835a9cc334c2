using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace InferenceBridge.Imaging;

/// <summary>The part of OME-XML (2016-06) that says axes, calibration and channel names. Names are matched in any schema version.</summary>
internal static class OmeXml
{
    /// <summary>True where a description looks like OME-XML.</summary>
    public static bool IsOme(string description) =>
        description.TrimStart().StartsWith('<') && description.Contains("<OME", StringComparison.Ordinal);

    /// <summary>Reads the first image of an OME-XML.</summary>
    /// <param name="xml">The description.</param>
    /// <param name="page">The first page of the file.</param>
    /// <param name="pages">Number of pages in the file.</param>
    /// <param name="path">Name of the file, for messages.</param>
    /// <exception cref="InferenceException">The XML is damaged or speaks of another number of planes.</exception>
    public static TiffAxes Parse(string xml, TiffPage page, int pages, string path)
    {
        var pixels = Load(xml, path).Descendants().FirstOrDefault(e => e.Name.LocalName == "Pixels")
            ?? throw TiffErrors.Invalid(path, "its OME-XML has no Pixels element");
        int Size(string axis) => int.TryParse(pixels.Attribute($"Size{axis}")?.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var size) && size > 0
            ? size
            : throw TiffErrors.Invalid(path, $"its OME-XML has Size{axis}=\"{pixels.Attribute($"Size{axis}")?.Value}\"; accepted: 1 or more");

        var shape = new VolumeShape(Size("T"), Size("C"), Size("Z"), page.Height, page.Width);
        if (Size("Y") != page.Height || Size("X") != page.Width)
        {
            throw TiffErrors.Invalid(path, $"its OME-XML says {Size("Y")}×{Size("X")} pixels, its first page has {page.Height}×{page.Width}; accepted: equal sizes");
        }

        shape.Validate(path);
        var order = pixels.Attribute("DimensionOrder")?.Value ?? "XYZCT";
        var info = new VolumeInfo(shape, page.SampleType.PixelType)
        {
            Calibration = Calibration(pixels),
            ChannelNames = ChannelNames(pixels, shape.Channels),
        };
        return new TiffAxes(info, TiffFlavour.Ome, Planes(pixels, shape, order, page.Samples, pages, path));
    }

    private static XDocument Load(string xml, string path)
    {
        // No DTD: entities in a hostile file must not expand.
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        try
        {
            using var reader = XmlReader.Create(new StringReader(xml.Trim('\0', ' ', '\r', '\n', '\t', '\uFEFF')), settings);
            return XDocument.Load(reader);
        }
        catch (XmlException exception)
        {
            throw TiffErrors.Invalid(path, $"its OME-XML is damaged: {exception.Message}", exception);
        }
    }

    /// <summary>Voxel size and frame interval in the attributes of Pixels.</summary>
    public static Calibration Calibration(XElement pixels)
    {
        double? Number(string name) => double.TryParse(pixels.Attribute(name)?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value) && value > 0 ? value : null;

        var (x, y, z) = (Number("PhysicalSizeX"), Number("PhysicalSizeY"), Number("PhysicalSizeZ"));
        var unit = x is null && y is null ? "pixel" : pixels.Attribute("PhysicalSizeXUnit")?.Value ?? "µm";
        return new Calibration
        {
            VoxelWidth = x ?? y ?? 1,
            VoxelHeight = InUnit(y ?? x ?? 1, pixels.Attribute("PhysicalSizeYUnit")?.Value, unit),
            VoxelDepth = z is { } depth ? InUnit(depth, pixels.Attribute("PhysicalSizeZUnit")?.Value, unit) : 1,
            Unit = unit,
            FrameInterval = Number("TimeIncrement") ?? 0,
            TimeUnit = pixels.Attribute("TimeIncrementUnit")?.Value ?? "s",
        };
    }

    // OME gives a unit per axis; a calibration has one.
    private static double InUnit(double size, string? from, string to) =>
        from is not null && from != to && LengthUnits.TryGetMicrometres(from, out var source) && LengthUnits.TryGetMicrometres(to, out var target)
            ? size * source / target
            : size;

    private static string[] ChannelNames(XElement pixels, int channels)
    {
        var names = pixels.Elements().Where(e => e.Name.LocalName == "Channel").Select(e => e.Attribute("Name")?.Value).ToArray();
        return names.Length == channels && names.All(name => name is not null) ? [.. names.Select(name => name!)] : [];
    }

    private static (int Page, int Sample)[] Planes(XElement pixels, VolumeShape shape, string order, int samples, int pages, string path)
    {
        if (order.Length != 5 || !order.StartsWith("XY", StringComparison.Ordinal) || order[2..].Order().SequenceEqual("CTZ") is false)
        {
            throw TiffErrors.Invalid(path, $"its OME-XML has DimensionOrder=\"{order}\"; accepted: XY followed by Z, C and T in any order");
        }

        if (shape.Channels % samples != 0)
        {
            throw TiffErrors.Invalid(path, $"its OME-XML says {shape.Channels} channels, its pages have {samples} samples a pixel; accepted: a multiple");
        }

        // A single name may differ from the file's, which people rename.
        var files = pixels.Elements().Where(e => e.Name.LocalName == "TiffData").Elements().Attributes("FileName")
            .Select(name => name.Value).Distinct().ToList();
        if (files.Count > 1)
        {
            throw TiffErrors.Invalid(path, $"its OME-XML spreads the planes over {files.Count} files, such as {files[0]} and {files[1]}; accepted: all planes in one file");
        }

        // Interleaved samples take part in SizeC: a page holds `samples` channels.
        var pageShape = shape with { Channels = shape.Channels / samples };
        var pageOf = new int[pageShape.PlaneCount];
        Array.Fill(pageOf, -1);
        foreach (var data in TiffData(pixels, pageShape, pages))
        {
            for (var i = 0; i < data.Count; i++)
            {
                if (data.Index + i >= pageOf.LongLength || data.Ifd + i >= pages)
                {
                    break;
                }

                pageOf[PlaneOf(data.Index + i, pageShape, order)] = data.Ifd + i;
            }
        }

        var missing = Array.IndexOf(pageOf, -1);
        if (missing >= 0)
        {
            var (t, c, z) = pageShape.PlaneAt(missing);
            throw TiffErrors.Invalid(path, $"its OME-XML promises the plane t={t}, c={c}, z={z}, which none of the file's {pages} pages holds");
        }

        return [.. Enumerable.Range(0, checked((int)shape.PlaneCount)).Select(plane =>
        {
            var (t, c, z) = shape.PlaneAt(plane);
            var (channel, sample) = Math.DivRem(c, samples);
            return (pageOf[pageShape.PlaneNumber(t, channel, z)], sample);
        })];
    }

    /// <summary>Runs of planes: first page, first plane in the file's dimension order, number.</summary>
    private static IEnumerable<(int Ifd, long Index, int Count)> TiffData(XElement pixels, VolumeShape shape, int pages)
    {
        var order = pixels.Attribute("DimensionOrder")?.Value ?? "XYZCT";
        var elements = pixels.Elements().Where(e => e.Name.LocalName == "TiffData").ToList();
        if (elements.Count == 0)
        {
            yield return (0, 0, pages);
            yield break;
        }

        foreach (var element in elements)
        {
            int Value(string name, int absent) =>
                int.TryParse(element.Attribute(name)?.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= 0 ? value : absent;

            var hasIfd = element.Attribute("IFD") is not null;
            var count = Value("PlaneCount", hasIfd ? 1 : pages);
            var (z, c, t) = (Value("FirstZ", 0), Value("FirstC", 0), Value("FirstT", 0));
            if (z < shape.Depth && c < shape.Channels && t < shape.Frames)
            {
                yield return (Value("IFD", 0), IndexOf(t, c, z, shape, order), count);
            }
        }
    }

    private static long IndexOf(int t, int c, int z, VolumeShape shape, string order)
    {
        long index = 0;
        for (var i = 4; i >= 2; i--)
        {
            index = order[i] switch
            {
                'Z' => (index * shape.Depth) + z,
                'C' => (index * shape.Channels) + c,
                _ => (index * shape.Frames) + t,
            };
        }

        return index;
    }

    private static long PlaneOf(long index, VolumeShape shape, string order)
    {
        var (t, c, z) = (0, 0, 0);
        foreach (var axis in order.AsSpan(2))
        {
            switch (axis)
            {
                case 'Z': (index, z) = ((int)(index / shape.Depth), (int)(index % shape.Depth)); break;
                case 'C': (index, c) = ((int)(index / shape.Channels), (int)(index % shape.Channels)); break;
                default: (index, t) = ((int)(index / shape.Frames), (int)(index % shape.Frames)); break;
            }
        }

        return shape.PlaneNumber(t, c, z);
    }
}
