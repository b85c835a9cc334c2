using System.Globalization;
using System.Text;

namespace InferenceBridge.Imaging;

/// <summary>The key=value lines of ImageJ's description, beside those that <see cref="ImageJDescription"/> takes axes from.</summary>
internal static class ImageJLines
{
    private static readonly HashSet<string> AxesAndRanges =
    [
        "ImageJ", "images", "channels", "slices", "frames", "hyperstack", "unit", "spacing", "finterval", "tunit", "min", "max", "order", "loop",
    ];

    /// <summary>True for the lines that are written from the volume itself.</summary>
    public static bool IsAxisOrRange(string key) => AxesAndRanges.Contains(key);

    public static List<KeyValuePair<string, string>> Parse(string description)
    {
        var lines = new List<KeyValuePair<string, string>>();
        foreach (var line in description.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                lines.Add(new(line[..equals], line[(equals + 1)..]));
            }
        }

        return lines;
    }

    /// <summary>The display range of the channel on top; null where none is told.</summary>
    public static DisplayRange? Range(IReadOnlyList<KeyValuePair<string, string>> lines)
    {
        double? Number(string key) => lines.FirstOrDefault(line => line.Key == key).Value is { } text
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

        return Number("min") is { } minimum && Number("max") is { } maximum && minimum < maximum ? new DisplayRange(minimum, maximum) : null;
    }

    /// <summary>
    /// Writes the description of a volume. ImageJ takes the planes of an uncompressed stack to lie without gaps from the
    /// first one on, as <see cref="RawPages"/> writes them.
    /// </summary>
    public static string Format(VolumeInfo info, ImageMetadata metadata)
    {
        var (shape, calibration) = (info.Shape, info.Calibration);
        var text = new StringBuilder("ImageJ=1.54f\n");
        void Line(string key, object value) => text.Append(CultureInfo.InvariantCulture, $"{key}={value}\n");
        void LineIf(bool isWanted, string key, object value)
        {
            if (isWanted)
            {
                Line(key, value);
            }
        }

        Line("images", shape.PlaneCount);
        LineIf(shape.Channels > 1, "channels", shape.Channels);
        LineIf(shape.Depth > 1, "slices", shape.Depth);
        LineIf(shape.Frames > 1, "frames", shape.Frames);
        LineIf(shape.Channels > 1 || shape.Frames > 1, "hyperstack", "true");
        LineIf(shape.Channels > 1 && metadata.DescriptionLines.All(line => line.Key != "mode"), "mode", "composite");
        Line("unit", Escape(calibration.Unit));
        LineIf(calibration.VoxelDepth != 1 || shape.Depth > 1, "spacing", calibration.VoxelDepth);
        LineIf(calibration.FrameInterval > 0, "finterval", calibration.FrameInterval);
        LineIf(calibration.FrameInterval > 0, "tunit", Escape(calibration.TimeUnit));
        foreach (var (key, value) in metadata.DescriptionLines.Where(line => !IsAxisOrRange(line.Key)))
        {
            // ImageJ composes channels; one alone has no mode.
            LineIf(key != "mode" || shape.Channels > 1, key, Escape(value));
        }

        Line("loop", "false");
        if (shape.Channels == 1 && metadata.DisplayRanges is [var range, ..])
        {
            Line("min", range.Minimum);
            Line("max", range.Maximum);
        }

        return text.ToString();
    }

    // Descriptions are ASCII; ImageJ itself spells µm as \u00B5m.
    private static string Escape(string text) => text is "um" or "μm"
        ? "\\u00B5m"
        : string.Concat(text.Select(c => c < 128 ? c.ToString() : $"\\u{(int)c:X4}"));
}
