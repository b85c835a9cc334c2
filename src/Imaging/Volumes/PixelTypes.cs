namespace InferenceBridge.Imaging;

/// <summary>Facts about pixel types.</summary>
public static class PixelTypes
{
    /// <summary>Names that people type, in the order of the enum.</summary>
    public const string Accepted = "uint8, uint16, int16, uint32, int32, float32, float64";

    /// <summary>Size of one pixel in bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enum.</exception>
    public static int BytesPerPixel(this PixelType type) => type switch
    {
        PixelType.UInt8 => 1,
        PixelType.UInt16 or PixelType.Int16 => 2,
        PixelType.UInt32 or PixelType.Int32 or PixelType.Float32 => 4,
        PixelType.Float64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, $"Not a pixel type; accepted: {Accepted}."),
    };

    /// <summary>True for float32 and float64.</summary>
    public static bool IsFloatingPoint(this PixelType type) => type is PixelType.Float32 or PixelType.Float64;

    /// <summary>The name that people type: "uint16".</summary>
    public static string Name(this PixelType type) => type.ToString().ToLowerInvariant();

    /// <summary>Finds a pixel type by its name, in any case; numbers and lists are no names.</summary>
    public static bool TryParse(string name, out PixelType type)
    {
        foreach (var candidate in Enum.GetValues<PixelType>())
        {
            if (candidate.ToString().Equals(name.Trim(), StringComparison.OrdinalIgnoreCase))
            {
                type = candidate;
                return true;
            }
        }

        type = default;
        return false;
    }
}
