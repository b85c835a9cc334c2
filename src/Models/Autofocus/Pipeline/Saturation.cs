using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>Pixels at the top of what a camera can tell.</summary>
internal static class Saturation
{
    // So many equal largest values, and so many more than there are one grey level below, are a camera's end and no chance.
    private const int LeastPile = 16;
    private const int PileRatio = 4;

    // Of 8-bit images of wide bright areas, ends that few pixels reach would be found everywhere.
    private const double LeastShare = 1e-4;

    /// <summary>
    /// Share of the pixels, 0 to 1, at the top of an integer type, or, since cameras of 10, 12 or 14 bits end below it, at the largest value of
    /// the frame where pixels pile up there; 0 for other types.
    /// </summary>
    /// <param name="plane">Pixels as they came.</param>
    /// <param name="type">Their type.</param>
    public static double Share(ReadOnlySpan<float> plane, PixelType type)
    {
        if (plane.IsEmpty || Top(type) is not { } top)
        {
            return 0;
        }

        var most = TensorPrimitives.Max(plane);
        var count = Count(plane, most);
        return most >= top || IsPile(plane, most, count) ? count / (double)plane.Length : 0;
    }

    private static float? Top(PixelType type) => type switch
    {
        PixelType.UInt8 => byte.MaxValue,
        PixelType.UInt16 => ushort.MaxValue,
        PixelType.Int16 => short.MaxValue,
        _ => null,
    };

    // A constant frame piles up too, and says nothing of the camera.
    private static bool IsPile(ReadOnlySpan<float> plane, float most, int count) =>
        count >= Math.Max(LeastPile, LeastShare * plane.Length) && count < plane.Length && count >= PileRatio * Count(plane, most - 1);

    // Integers are counted in vectors, floating-point numbers one by one; of whole numbers from integer types, equal ones have equal bits.
    private static int Count(ReadOnlySpan<float> plane, float value) => MemoryMarshal.Cast<float, int>(plane).Count(BitConverter.SingleToInt32Bits(value));
}
