using System.Globalization;
using System.Xml.Linq;

namespace InferenceBridge.Imaging;

/// <summary>Makes an OME-XML true of a result: what tells of pixels and planes is rewritten, what tells of the microscope stays.</summary>
internal static class OmeXmlEditor
{
    public static void Edit(OmeTree ome, VolumeInfo info, ImageMetadata metadata)
    {
        var pixels = ome.Pixels;
        var shape = info.Shape;
        var before = Sizes(pixels);
        EditChannels(ome, info, metadata);
        if (before.Area != (shape.Width, shape.Height))
        {
            RemoveRegions(ome);
        }

        // Hashes and bit depths were those of the old pixels; the data follow in this file alone.
        pixels.Elements().Where(e => e.Name.LocalName is "BinData" or "TiffData" or "MetadataOnly" or "HashSHA1").Remove();
        pixels.Descendants().Where(e => OmeTree.Is(e, "HashSHA1")).Remove();
        var planes = pixels.Elements().Where(e => OmeTree.Is(e, "Plane")).ToList();
        if (before.Planes != (shape.Frames, shape.Channels, shape.Depth))
        {
            planes.ForEach(plane => plane.Remove());
        }

        var data = new XElement(pixels.Name.Namespace + "TiffData", new XAttribute("IFD", 0), new XAttribute("PlaneCount", shape.PlaneCount));
        ome.Channels.Last().AddAfterSelf(data);
        ome.Root.SetAttributeValue("UUID", null);
        OmeCalibrationWriter.Write(pixels, info.Calibration);
        foreach (var (name, value) in PixelAttributes(info))
        {
            pixels.SetAttributeValue(name, value);
        }
    }

    private static IEnumerable<(string Name, object? Value)> PixelAttributes(VolumeInfo info)
    {
        var shape = info.Shape;
        yield return ("DimensionOrder", "XYZCT");
        yield return ("Type", TypeName(info.PixelType));
        yield return ("BigEndian", "false");
        yield return ("Interleaved", null);
        yield return ("SignificantBits", null);
        yield return ("SizeX", shape.Width);
        yield return ("SizeY", shape.Height);
        yield return ("SizeZ", shape.Depth);
        yield return ("SizeC", shape.Channels);
        yield return ("SizeT", shape.Frames);
    }

    private static ((int, int) Area, (int, int, int) Planes) Sizes(XElement pixels)
    {
        int Size(string axis) => int.TryParse(pixels.Attribute($"Size{axis}")?.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var size) ? size : 0;
        return ((Size("X"), Size("Y")), (Size("T"), Size("C"), Size("Z")));
    }

    private static void EditChannels(OmeTree ome, VolumeInfo info, ImageMetadata metadata)
    {
        var (pixels, count) = (ome.Pixels, info.Shape.Channels);
        Separate(ome);
        var channels = ome.Channels.ToList();
        if (channels.Count != count)
        {
            channels.ForEach(channel => channel.Remove());
            channels = [.. Enumerable.Range(0, count).Select(c => new XElement(pixels.Name.Namespace + "Channel",
                new XAttribute("ID", string.Create(CultureInfo.InvariantCulture, $"Channel:0:{c}"))))];
            pixels.AddFirst(channels);
        }

        var names = info.ChannelNames.Count == count ? info.ChannelNames : ChannelLabels.ToNames(metadata.SliceLabels, info.Shape);
        for (var c = 0; c < count; c++)
        {
            channels[c].SetAttributeValue("SamplesPerPixel", 1);
            if (names.Count == count && names[c].Length > 0)
            {
                channels[c].SetAttributeValue("Name", OmeXmlWriter.Clean(names[c]));
            }

            if (metadata.Luts.Count == count && metadata.Luts[c].TryGetRamp(out var colour))
            {
                channels[c].SetAttributeValue("Color", OmeTree.Colour(colour));
            }
        }
    }

    // A channel of several samples, such as RGB, becomes as many channels.
    private static void Separate(OmeTree ome)
    {
        foreach (var channel in ome.Channels.ToList())
        {
            if (!int.TryParse(channel.Attribute("SamplesPerPixel")?.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var samples) || samples is < 2 or > 64)
            {
                continue;
            }

            for (var sample = samples - 1; sample > 0; sample--)
            {
                var copy = new XElement(channel);
                copy.SetAttributeValue("ID", string.Create(CultureInfo.InvariantCulture, $"{channel.Attribute("ID")?.Value}.{sample}"));
                copy.SetAttributeValue("Color", null);
                channel.AddAfterSelf(copy);
            }

            channel.SetAttributeValue("Color", null);
        }
    }

    private static void RemoveRegions(OmeTree ome)
    {
        ome.Root.Elements().Where(e => OmeTree.Is(e, "ROI")).Remove();
        ome.Root.Descendants().Where(e => OmeTree.Is(e, "ROIRef")).Remove();
    }

    private static string TypeName(PixelType type) => type switch
    {
        PixelType.Float32 => "float",
        PixelType.Float64 => "double",
        _ => type.Name(),
    };
}
