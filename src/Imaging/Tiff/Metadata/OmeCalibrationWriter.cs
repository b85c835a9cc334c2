using System.Xml.Linq;

namespace InferenceBridge.Imaging;

/// <summary>Voxel size and frame interval in the attributes of OME's Pixels.</summary>
internal static class OmeCalibrationWriter
{
    /// <summary>Writes a calibration; attributes that already say the same stay as they are, digit for digit.</summary>
    public static void Write(XElement pixels, Calibration calibration)
    {
        var before = OmeCalibration.Read(pixels);
        var isLength = LengthUnits.TryGetMicrometres(calibration.Unit, out _);
        if (Lengths(before) != Lengths(calibration))
        {
            foreach (var (axis, size) in new[] { ("X", calibration.VoxelWidth), ("Y", calibration.VoxelHeight), ("Z", calibration.VoxelDepth) })
            {
                pixels.SetAttributeValue($"PhysicalSize{axis}", isLength ? size : null);
                pixels.SetAttributeValue($"PhysicalSize{axis}Unit", isLength ? Unit(calibration.Unit) : null);
            }
        }

        if (before.FrameIntervalSeconds != calibration.FrameIntervalSeconds)
        {
            pixels.SetAttributeValue("TimeIncrement", calibration.FrameIntervalSeconds);
            pixels.SetAttributeValue("TimeIncrementUnit", calibration.FrameIntervalSeconds is null ? null : "s");
        }
    }

    private static (double, double, double, string) Lengths(Calibration calibration) =>
        (calibration.VoxelWidth, calibration.VoxelHeight, calibration.VoxelDepth, calibration.Unit);

    private static string Unit(string unit) => unit switch
    {
        "micron" or "microns" or "um" or "μm" or "\\u00B5m" or "micrometer" or "micrometre" or "micrometers" or "micrometres" => "µm",
        "nanometer" or "nanometers" or "nanometre" or "nanometres" => "nm",
        "millimeter" or "millimetre" or "millimeters" or "millimetres" => "mm",
        "centimeter" or "centimetre" => "cm",
        "meter" or "metre" => "m",
        "inch" or "inches" => "in",
        "angstrom" or "\u212B" or "å" => "Å",
        _ => unit,
    };
}
