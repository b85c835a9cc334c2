using System.Globalization;

namespace InferenceBridge.Imaging;

/// <summary>
/// Bounds what is held in memory as a whole: a file of a few MiB may claim, and in a tight compression even hold, a plane of
/// billions of pixels.
/// </summary>
internal static class PlaneLimit
{
    /// <summary>The largest plane, 16384 × 16384 pixels: 2 GiB as float64.</summary>
    public const long Pixels = 1L << 28;

    /// <exception cref="InferenceException"><see cref="InferenceError.VolumeTooLarge"/>.</exception>
    public static void Check(string name, long width, long height)
    {
        if (width * height > Pixels)
        {
            throw new InferenceException(InferenceError.VolumeTooLarge, name, string.Create(CultureInfo.InvariantCulture,
                $"A plane or projection of {name} has {height} × {width} pixels; accepted: at most {Pixels} together."));
        }
    }
}
