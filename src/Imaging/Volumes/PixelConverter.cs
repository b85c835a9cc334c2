using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace InferenceBridge.Imaging;

/// <summary>
/// Converts between little-endian pixels and float32. To integers, values are rounded to the nearest (ties to even) and
/// saturated; NaN becomes 0. 32-bit integers beyond 2^24 and float64 lose precision in float32.
/// </summary>
public static class PixelConverter
{
    /// <summary>Decodes pixels to float32.</summary>
    /// <param name="pixels">Little-endian pixels.</param>
    /// <param name="type">Their type.</param>
    /// <param name="values">As many values as there are pixels.</param>
    public static void ToSingle(ReadOnlySpan<byte> pixels, PixelType type, Span<float> values)
    {
        CheckLength(pixels.Length, type, values.Length);
        switch (type)
        {
            case PixelType.UInt8: Decode(pixels, values); break;
            case PixelType.UInt16: Decode(MemoryMarshal.Cast<byte, ushort>(pixels), values); break;
            case PixelType.Int16: Decode(MemoryMarshal.Cast<byte, short>(pixels), values); break;
            case PixelType.UInt32: Decode(MemoryMarshal.Cast<byte, uint>(pixels), values); break;
            case PixelType.Int32: Decode(MemoryMarshal.Cast<byte, int>(pixels), values); break;
            case PixelType.Float32: MemoryMarshal.Cast<byte, float>(pixels).CopyTo(values); break;
            default: Decode(MemoryMarshal.Cast<byte, double>(pixels), values); break;
        }
    }

    /// <summary>Encodes float32 values as pixels.</summary>
    /// <param name="values">Values.</param>
    /// <param name="type">Type of the pixels to write.</param>
    /// <param name="pixels">Exactly as many pixels as there are values.</param>
    /// <returns>Number of values that had to be saturated or were NaN; 0 for floating-point types.</returns>
    public static long FromSingle(ReadOnlySpan<float> values, PixelType type, Span<byte> pixels)
    {
        CheckLength(pixels.Length, type, values.Length);
        switch (type)
        {
            case PixelType.UInt8: return Encode(values, pixels, byte.MinValue, byte.MaxValue);
            case PixelType.UInt16: return Encode(values, MemoryMarshal.Cast<byte, ushort>(pixels), ushort.MinValue, ushort.MaxValue);
            case PixelType.Int16: return Encode(values, MemoryMarshal.Cast<byte, short>(pixels), short.MinValue, short.MaxValue);
            case PixelType.UInt32: return Encode(values, MemoryMarshal.Cast<byte, uint>(pixels), uint.MinValue, uint.MaxValue);
            case PixelType.Int32: return Encode(values, MemoryMarshal.Cast<byte, int>(pixels), int.MinValue, int.MaxValue);
            case PixelType.Float32:
                values.CopyTo(MemoryMarshal.Cast<byte, float>(pixels));
                return 0;
            default:
                TensorPrimitives.ConvertTruncating(values, MemoryMarshal.Cast<byte, double>(pixels));
                return 0;
        }
    }

    private static void Decode<T>(ReadOnlySpan<T> pixels, Span<float> values)
        where T : struct, System.Numerics.INumberBase<T> => TensorPrimitives.ConvertTruncating(pixels, values);

    private static long Encode<T>(ReadOnlySpan<float> values, Span<T> pixels, double minimum, double maximum)
        where T : struct, System.Numerics.INumberBase<T>
    {
        long saturated = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var rounded = Math.Round((double)values[i]);
            if (rounded >= minimum && rounded <= maximum)
            {
                pixels[i] = T.CreateTruncating(rounded);
            }
            else
            {
                saturated++;
                pixels[i] = T.CreateTruncating(rounded < minimum ? minimum : rounded > maximum ? maximum : 0);
            }
        }

        return saturated;
    }

    private static void CheckLength(int bytes, PixelType type, int values)
    {
        if (bytes != (long)values * type.BytesPerPixel())
        {
            throw new ArgumentException($"{bytes} bytes are not {values} pixels of {type.Name()}.");
        }
    }
}
