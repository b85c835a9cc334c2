namespace InferenceBridge.Imaging;

/// <summary>Which pixels of an axis make one pixel of the resampled axis, and with what weights.</summary>
/// <param name="First">First pixel.</param>
/// <param name="Weights">Weights from there; their sum is 1.</param>
internal readonly record struct ResampledAxis(int First, float[] Weights)
{
    internal static ResampledAxis[] Create(int size, int newSize)
    {
        var pixels = new ResampledAxis[newSize];
        var scale = (double)size / newSize;
        for (var i = 0; i < newSize; i++)
        {
            pixels[i] = newSize >= size ? Linear(((i + 0.5) * scale) - 0.5, size) : Mean(i * scale, (i + 1) * scale, size);
        }

        return pixels;
    }

    internal float Sum(float[] values, int start, int stride)
    {
        var sum = 0f;
        for (var i = 0; i < Weights.Length; i++)
        {
            sum += Weights[i] * values[start + ((First + i) * stride)];
        }

        return sum;
    }

    private static ResampledAxis Linear(double position, int size)
    {
        var inside = Math.Clamp(position, 0, size - 1);
        var first = (int)Math.Floor(inside);
        var rest = (float)(inside - first);
        return rest == 0 ? new ResampledAxis(first, [1]) : new ResampledAxis(first, [1 - rest, rest]);
    }

    private static ResampledAxis Mean(double from, double to, int size)
    {
        var first = (int)Math.Floor(from);
        var end = Math.Min(size, (int)Math.Ceiling(to));
        var weights = new float[end - first];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = (float)((Math.Min(to, first + i + 1) - Math.Max(from, first + i)) / (to - from));
        }

        return new ResampledAxis(first, weights);
    }
}
