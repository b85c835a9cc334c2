using System.Globalization;

namespace InferenceBridge.Imaging;

/// <summary>The key=value lines that ImageJ keeps in the first ImageDescription.</summary>
internal sealed class ImageJDescription
{
    private readonly Dictionary<string, string> _values;

    private ImageJDescription(Dictionary<string, string> values) => _values = values;

    /// <summary>Number of images; with a single directory they follow its data, since the file was too large for classic TIFF.</summary>
    public int Images => Integer("images");

    /// <summary>Parses a description; null where it is not ImageJ's.</summary>
    public static ImageJDescription? Parse(string description)
    {
        if (!description.StartsWith("ImageJ=", StringComparison.Ordinal))
        {
            return null;
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in description.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                values[line[..equals]] = line[(equals + 1)..];
            }
        }

        return new ImageJDescription(values);
    }

    /// <summary>Sizes along C, Z and T; they multiply to the number of pages.</summary>
    /// <exception cref="InferenceException">They do not.</exception>
    public (int Channels, int Slices, int Frames) Axes(int pages, string path)
    {
        var (channels, slices, frames) = (Math.Max(1, Integer("channels")), Math.Max(1, Integer("slices")), Math.Max(1, Integer("frames")));
        if ((Int128)channels * slices * frames == pages)
        {
            return (channels, slices, frames);
        }

        // A plain stack has images= and no axes.
        if (channels == 1 && slices == 1 && frames == 1)
        {
            return (1, pages, 1);
        }

        throw TiffErrors.Invalid(path, $"ImageJ's description says {channels} channels × {slices} slices × {frames} frames, "
            + $"the file has {pages} pages; accepted: equal numbers");
    }

    /// <summary>Calibration, with the pixel size that the resolution tags give in pixels per unit.</summary>
    public Calibration Calibration(double pixelsPerUnitX, double pixelsPerUnitY)
    {
        var unit = _values.TryGetValue("unit", out var text) && text.Length > 0 ? Unescape(text) : "pixel";
        return new Calibration
        {
            VoxelWidth = pixelsPerUnitX > 0 && unit != "pixel" ? 1 / pixelsPerUnitX : 1,
            VoxelHeight = pixelsPerUnitY > 0 && unit != "pixel" ? 1 / pixelsPerUnitY : 1,
            VoxelDepth = Math.Abs(Number("spacing")) is > 0 and var spacing ? spacing : 1,
            Unit = unit,
            FrameInterval = Math.Max(0, Number("finterval")),
            TimeUnit = _values.GetValueOrDefault("tunit", "sec"),
        };
    }

    private int Integer(string key) =>
        _values.TryGetValue(key, out var text) && int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : 0;

    private double Number(string key) =>
        _values.TryGetValue(key, out var text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && double.IsFinite(value) ? value : 0;

    private static string Unescape(string text)
    {
        for (var at = text.IndexOf("\\u", StringComparison.Ordinal); at >= 0 && at + 6 <= text.Length; at = text.IndexOf("\\u", at + 1, StringComparison.Ordinal))
        {
            if (ushort.TryParse(text.AsSpan(at + 2, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code))
            {
                text = $"{text[..at]}{(char)code}{text[(at + 6)..]}";
            }
        }

        return text;
    }
}
