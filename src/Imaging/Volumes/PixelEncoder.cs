using System.Numerics;

namespace InferenceBridge.Imaging;

/// <summary>
/// Rounds float32 to integers (ties to even) and saturates, with vectors. Every method returns the number of values that
/// were saturated or NaN.
/// </summary>
internal static class PixelEncoder
{
    // The largest float32 below 2^31 and 2^32: whatever is greater saturates.
    private const float LargestInt32 = 2147483520f;
    private const float LargestUInt32 = 4294967040f;

    internal static long Encode(ReadOnlySpan<float> values, Span<byte> pixels)
    {
        var rounding = new Rounding(byte.MinValue, byte.MaxValue);
        var n = Vector<float>.Count;
        var i = 0;
        for (; i <= values.Length - (4 * n); i += 4 * n)
        {
            var low = Vector.Narrow(rounding.Clamped(values[i..]), rounding.Clamped(values[(i + n)..]));
            var high = Vector.Narrow(rounding.Clamped(values[(i + (2 * n))..]), rounding.Clamped(values[(i + (3 * n))..]));
            Vector.Narrow(Vector.AsVectorUInt16(low), Vector.AsVectorUInt16(high)).CopyTo(pixels[i..]);
        }

        return rounding.Saturated + Rest(values[i..], pixels[i..]);
    }

    internal static long Encode(ReadOnlySpan<float> values, Span<ushort> pixels)
    {
        var rounding = new Rounding(ushort.MinValue, ushort.MaxValue);
        var n = Vector<float>.Count;
        var i = 0;
        for (; i <= values.Length - (2 * n); i += 2 * n)
        {
            var low = Vector.AsVectorUInt32(rounding.Clamped(values[i..]));
            var high = Vector.AsVectorUInt32(rounding.Clamped(values[(i + n)..]));
            Vector.Narrow(low, high).CopyTo(pixels[i..]);
        }

        return rounding.Saturated + Rest(values[i..], pixels[i..]);
    }

    internal static long Encode(ReadOnlySpan<float> values, Span<short> pixels)
    {
        var rounding = new Rounding(short.MinValue, short.MaxValue);
        var n = Vector<float>.Count;
        var i = 0;
        for (; i <= values.Length - (2 * n); i += 2 * n)
        {
            Vector.Narrow(rounding.Clamped(values[i..]), rounding.Clamped(values[(i + n)..])).CopyTo(pixels[i..]);
        }

        return rounding.Saturated + Rest(values[i..], pixels[i..]);
    }

    internal static long Encode(ReadOnlySpan<float> values, Span<int> pixels)
    {
        var rounding = new Rounding(int.MinValue, LargestInt32);
        var i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            // The conversion itself saturates and takes NaN to 0.
            Vector.ConvertToInt32(rounding.Counted(values[i..])).CopyTo(pixels[i..]);
        }

        return rounding.Saturated + Rest(values[i..], pixels[i..]);
    }

    internal static long Encode(ReadOnlySpan<float> values, Span<uint> pixels)
    {
        var rounding = new Rounding(uint.MinValue, LargestUInt32);
        var i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.ConvertToUInt32(rounding.Counted(values[i..])).CopyTo(pixels[i..]);
        }

        return rounding.Saturated + Rest(values[i..], pixels[i..]);
    }

    private static long Rest<T>(ReadOnlySpan<float> values, Span<T> pixels)
        where T : struct, IMinMaxValue<T>, INumberBase<T>
    {
        var minimum = double.CreateChecked(T.MinValue);
        var maximum = double.CreateChecked(T.MaxValue);
        long saturated = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var rounded = Math.Round((double)values[i], MidpointRounding.ToEven);
            saturated += rounded >= minimum && rounded <= maximum ? 0 : 1;
            pixels[i] = T.CreateSaturating(rounded);
        }

        return saturated;
    }

    /// <summary>Rounds one vector at a time and counts, per lane, what lies outside of the range.</summary>
    private ref struct Rounding(float minimum, float maximum)
    {
        private readonly Vector<float> _minimum = new(minimum);
        private readonly Vector<float> _maximum = new(maximum);
        private Vector<int> _outside;

        internal readonly long Saturated
        {
            get
            {
                Vector.Widen(_outside, out var low, out var high);
                return Vector.Sum(low + high);
            }
        }

        internal Vector<float> Counted(ReadOnlySpan<float> values)
        {
            var rounded = Vector.Round(new Vector<float>(values), MidpointRounding.ToEven);
            var inside = Vector.GreaterThanOrEqual(rounded, _minimum) & Vector.LessThanOrEqual(rounded, _maximum);
            _outside += Vector<int>.One + inside; // true is −1
            return rounded;
        }

        internal Vector<int> Clamped(ReadOnlySpan<float> values)
        {
            var rounded = Counted(values);
            var number = Vector.ConditionalSelect(Vector.Equals(rounded, rounded), rounded, Vector<float>.Zero);
            return Vector.ConvertToInt32(Vector.Min(Vector.Max(number, _minimum), _maximum));
        }
    }
}
