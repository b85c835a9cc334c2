using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace InferenceBridge.Imaging;

/// <summary>
/// Converts between little-endian pixels and floating-point numbers. To integers, values are rounded to the nearest (ties
/// to even) and saturated; NaN becomes 0. 32-bit integers beyond 2^24 and float64 lose precision in float32, and float64
/// beyond its range becomes infinite. The machine is taken to be little-endian, as all that .NET runs widely on are.
/// </summary>
public static class PixelConverter
{
    /// <summary>Decodes pixels to float32.</summary>
    /// <param name="pixels">Little-endian pixels.</param>
    /// <param name="type">Their type.</param>
    /// <param name="values">As many values as there are pixels.</param>
    /// <exception cref="ArgumentException">The number of bytes does not match the number of values.</exception>
    public static void ToSingle(ReadOnlySpan<byte> pixels, PixelType type, Span<float> values)
    {
        CheckLength(pixels.Length, type, values.Length);
        switch (type)
        {
            case PixelType.UInt8: PixelDecoder.Decode(pixels, values); break;
            case PixelType.UInt16: PixelDecoder.Decode(MemoryMarshal.Cast<byte, ushort>(pixels), values); break;
            case PixelType.Int16: PixelDecoder.Decode(MemoryMarshal.Cast<byte, short>(pixels), values); break;
            case PixelType.UInt32: Convert(MemoryMarshal.Cast<byte, uint>(pixels), values); break;
            case PixelType.Int32: Convert(MemoryMarshal.Cast<byte, int>(pixels), values); break;
            case PixelType.Float32: MemoryMarshal.Cast<byte, float>(pixels).CopyTo(values); break;
            default: Convert(MemoryMarshal.Cast<byte, double>(pixels), values); break;
        }
    }

    /// <summary>Decodes pixels to float64, without loss.</summary>
    /// <param name="pixels">Little-endian pixels.</param>
    /// <param name="type">Their type.</param>
    /// <param name="values">As many values as there are pixels.</param>
    /// <exception cref="ArgumentException">The number of bytes does not match the number of values.</exception>
    public static void ToDouble(ReadOnlySpan<byte> pixels, PixelType type, Span<double> values)
    {
        CheckLength(pixels.Length, type, values.Length);
        switch (type)
        {
            case PixelType.UInt8: Convert(pixels, values); break;
            case PixelType.UInt16: Convert(MemoryMarshal.Cast<byte, ushort>(pixels), values); break;
            case PixelType.Int16: Convert(MemoryMarshal.Cast<byte, short>(pixels), values); break;
            case PixelType.UInt32: Convert(MemoryMarshal.Cast<byte, uint>(pixels), values); break;
            case PixelType.Int32: Convert(MemoryMarshal.Cast<byte, int>(pixels), values); break;
            case PixelType.Float32: Convert(MemoryMarshal.Cast<byte, float>(pixels), values); break;
            default: MemoryMarshal.Cast<byte, double>(pixels).CopyTo(values); break;
        }
    }

    /// <summary>Encodes float32 values as pixels.</summary>
    /// <param name="values">Values.</param>
    /// <param name="type">Type of the pixels to write.</param>
    /// <param name="pixels">Exactly as many pixels as there are values.</param>
    /// <returns>Number of values that had to be saturated or were NaN; 0 for floating-point types.</returns>
    /// <exception cref="ArgumentException">The number of bytes does not match the number of values.</exception>
    public static long FromSingle(ReadOnlySpan<float> values, PixelType type, Span<byte> pixels)
    {
        CheckLength(pixels.Length, type, values.Length);
        switch (type)
        {
            case PixelType.UInt8: return PixelEncoder.Encode(values, pixels);
            case PixelType.UInt16: return PixelEncoder.Encode(values, MemoryMarshal.Cast<byte, ushort>(pixels));
            case PixelType.Int16: return PixelEncoder.Encode(values, MemoryMarshal.Cast<byte, short>(pixels));
            case PixelType.UInt32: return PixelEncoder.Encode(values, MemoryMarshal.Cast<byte, uint>(pixels));
            case PixelType.Int32: return PixelEncoder.Encode(values, MemoryMarshal.Cast<byte, int>(pixels));
            case PixelType.Float32:
                values.CopyTo(MemoryMarshal.Cast<byte, float>(pixels));
                return 0;
            default:
                Convert(values, MemoryMarshal.Cast<byte, double>(pixels));
                return 0;
        }
    }

    /// <summary>Index of the first value that is NaN or infinite; −1 where all are finite.</summary>
    public static int FindNonFinite(ReadOnlySpan<float> values)
    {
        // An exponent of all ones is what infinities and NaN have in common.
        var exponent = new Vector<int>(0x7F800000);
        var i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var bits = Vector.AsVectorInt32(new Vector<float>(values[i..]));
            if (Vector.EqualsAny(bits & exponent, exponent))
            {
                break;
            }
        }

        for (; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static void Convert<TFrom, TTo>(ReadOnlySpan<TFrom> pixels, Span<TTo> values)
        where TFrom : struct, INumberBase<TFrom>
        where TTo : struct, INumberBase<TTo> => TensorPrimitives.ConvertTruncating(pixels, values);

    private static void CheckLength(int bytes, PixelType type, int values)
    {
        if (bytes != (long)values * type.BytesPerPixel())
        {
            throw new ArgumentException($"{bytes} bytes are not {values} pixels of {type.Name()}.");
        }
    }
}
