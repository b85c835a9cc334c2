using System.Xml.Linq;

namespace InferenceBridge.Imaging;

/// <summary>Writes the part of OME-XML (2016-06) that says axes, calibration and channel names.</summary>
internal static class OmeXml
{
    private static readonly XNamespace Namespace = "http://www.openmicroscopy.org/Schemas/OME/2016-06";

    /// <summary>True where a description looks like OME-XML.</summary>
    public static bool IsOme(string description) =>
        description.TrimStart().StartsWith('<') && description.Contains("<OME", StringComparison.Ordinal);

    /// <summary>Writes the OME-XML of a volume whose planes follow each other with Z fastest, then C, then T.</summary>
    public static string Format(VolumeInfo info, string fileName)
    {
        var (shape, calibration) = (info.Shape, info.Calibration);
        var pixels = new XElement(Namespace + "Pixels",
            new XAttribute("ID", "Pixels:0"),
            new XAttribute("DimensionOrder", "XYZCT"),
            new XAttribute("Type", PixelTypeName(info.PixelType)),
            new XAttribute("BigEndian", "false"),
            new XAttribute("SizeX", shape.Width),
            new XAttribute("SizeY", shape.Height),
            new XAttribute("SizeZ", shape.Depth),
            new XAttribute("SizeC", shape.Channels),
            new XAttribute("SizeT", shape.Frames));
        if (LengthUnits.TryGetMicrometres(calibration.Unit, out _))
        {
            var unit = OmeUnit(calibration.Unit);
            foreach (var (axis, size) in new[] { ("X", calibration.VoxelWidth), ("Y", calibration.VoxelHeight), ("Z", calibration.VoxelDepth) })
            {
                pixels.Add(new XAttribute($"PhysicalSize{axis}", size), new XAttribute($"PhysicalSize{axis}Unit", unit));
            }
        }

        if (calibration.FrameIntervalSeconds is { } seconds)
        {
            pixels.Add(new XAttribute("TimeIncrement", seconds), new XAttribute("TimeIncrementUnit", "s"));
        }

        for (var c = 0; c < shape.Channels; c++)
        {
            var channel = new XElement(Namespace + "Channel", new XAttribute("ID", $"Channel:0:{c}"), new XAttribute("SamplesPerPixel", 1));
            if (c < info.ChannelNames.Count)
            {
                channel.Add(new XAttribute("Name", info.ChannelNames[c]));
            }

            pixels.Add(channel);
        }

        pixels.Add(new XElement(Namespace + "TiffData", new XAttribute("IFD", 0), new XAttribute("PlaneCount", shape.PlaneCount)));
        var image = new XElement(Namespace + "Image", new XAttribute("ID", "Image:0"), new XAttribute("Name", fileName), pixels);
        var ome = new XElement(Namespace + "OME", new XAttribute("Creator", "InferenceBridge"), image);
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + ome.ToString(SaveOptions.DisableFormatting);
    }

    private static string PixelTypeName(PixelType type) => type switch
    {
        PixelType.Float32 => "float",
        PixelType.Float64 => "double",
        _ => type.Name(),
    };

    private static string OmeUnit(string unit) => unit switch
    {
        "micron" or "microns" or "um" or "μm" or "micrometer" or "micrometre" => "µm",
        "inch" => "in",
        _ => unit,
    };
}
