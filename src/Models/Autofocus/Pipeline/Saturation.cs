using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>Pixels at the top of what a camera can tell.</summary>
internal static class Saturation
{
    /// <summary>Share of the pixels at the top of an integer type, 0 to 1; 0 for other types.</summary>
    /// <param name="plane">Pixels as they came.</param>
    /// <param name="type">Their type.</param>
    public static double Share(ReadOnlySpan<float> plane, PixelType type)
    {
        // A camera of 10, 12 or 14 bits saturates at its own top: what lies there is as clipped as at that of 16 bits.
        var top = type switch
        {
            PixelType.UInt8 => byte.MaxValue,
            PixelType.UInt16 => (float)ushort.MaxValue,
            PixelType.Int16 => short.MaxValue,
            _ => float.PositiveInfinity,
        };
        long count = 0;
        foreach (var value in plane)
        {
            count += value >= top ? 1 : 0;
        }

        return plane.IsEmpty ? 0 : count / (double)plane.Length;
    }
}
