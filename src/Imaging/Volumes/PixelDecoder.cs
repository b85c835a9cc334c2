using System.Numerics;

namespace InferenceBridge.Imaging;

/// <summary>Widens small integers to float32 with vectors: cameras send these, and every voxel passes through here.</summary>
internal static class PixelDecoder
{
    internal static void Decode(ReadOnlySpan<byte> pixels, Span<float> values)
    {
        var i = 0;
        for (; i <= pixels.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(pixels[i..]), out var low, out var high);
            Store(low, values[i..]);
            Store(high, values[(i + Vector<ushort>.Count)..]);
        }

        for (; i < pixels.Length; i++)
        {
            values[i] = pixels[i];
        }
    }

    internal static void Decode(ReadOnlySpan<ushort> pixels, Span<float> values)
    {
        var i = 0;
        for (; i <= pixels.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Store(new Vector<ushort>(pixels[i..]), values[i..]);
        }

        for (; i < pixels.Length; i++)
        {
            values[i] = pixels[i];
        }
    }

    internal static void Decode(ReadOnlySpan<short> pixels, Span<float> values)
    {
        var i = 0;
        for (; i <= pixels.Length - Vector<short>.Count; i += Vector<short>.Count)
        {
            Vector.Widen(new Vector<short>(pixels[i..]), out var low, out var high);
            Vector.ConvertToSingle(low).CopyTo(values[i..]);
            Vector.ConvertToSingle(high).CopyTo(values[(i + Vector<int>.Count)..]);
        }

        for (; i < pixels.Length; i++)
        {
            values[i] = pixels[i];
        }
    }

    private static void Store(Vector<ushort> pixels, Span<float> values)
    {
        Vector.Widen(pixels, out var low, out var high);

        // Below 2^16 the signed conversion is the same, and the only one that older processors have.
        Vector.ConvertToSingle(Vector.AsVectorInt32(low)).CopyTo(values);
        Vector.ConvertToSingle(Vector.AsVectorInt32(high)).CopyTo(values[Vector<float>.Count..]);
    }
}
