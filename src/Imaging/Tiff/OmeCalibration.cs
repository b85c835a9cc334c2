using System.Globalization;
using System.Xml.Linq;

namespace InferenceBridge.Imaging;

/// <summary>Voxel size, frame interval and channel names of an OME image. Names are matched in any version of the schema.</summary>
internal static class OmeCalibration
{
    /// <summary>Sizes in the unit of X; OME gives a unit for each axis, a calibration has one.</summary>
    public static Calibration Read(XElement pixels)
    {
        double? Number(string name) => double.TryParse(pixels.Attribute(name)?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value) && value > 0 ? value : null;

        var (x, y, z) = (Number("PhysicalSizeX"), Number("PhysicalSizeY"), Number("PhysicalSizeZ"));
        string? UnitOf(string axis) => pixels.Attribute($"PhysicalSize{axis}Unit")?.Value;

        // µm is the schema's default; an axis without a size follows the one that has it.
        var unit = x is not null ? UnitOf("X") ?? "µm" : y is not null ? UnitOf("Y") ?? "µm" : z is not null ? UnitOf("Z") ?? "µm" : "pixel";
        return new Calibration
        {
            VoxelWidth = x ?? (y is { } sameAsY ? InUnit(sameAsY, UnitOf("Y"), unit) : 1),
            VoxelHeight = y is { } height ? InUnit(height, UnitOf("Y"), unit) : x ?? 1,
            VoxelDepth = z is { } depth ? InUnit(depth, UnitOf("Z"), unit) : 1,
            Unit = unit,
            FrameInterval = Number("TimeIncrement") ?? 0,
            TimeUnit = pixels.Attribute("TimeIncrementUnit")?.Value ?? "s",
        };
    }

    /// <summary>Names of the channels; empty unless each has one.</summary>
    public static string[] ChannelNames(XElement pixels, int channels)
    {
        var names = pixels.Elements().Where(e => e.Name.LocalName == "Channel").Select(e => e.Attribute("Name")?.Value).ToArray();
        return names.Length == channels && names.All(name => name is not null) ? [.. names.Select(name => name!)] : [];
    }

    private static double InUnit(double size, string? from, string to) =>
        (from ?? "µm") != to && LengthUnits.TryGetMicrometres(from ?? "µm", out var source) && LengthUnits.TryGetMicrometres(to, out var target)
            ? size * source / target
            : size;
}
