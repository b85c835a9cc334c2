namespace InferenceBridge.Benchmarks.Registration;

/// <summary>How well a movie's frames lie on each other, both after a Gaussian of σ = 2 px, since on raw pixels any resampling looks like an improvement.</summary>
/// <param name="Crispness">Norm of the gradient of the mean image.</param>
/// <param name="Correlation">Mean correlation of a frame with the mean of all.</param>
internal sealed record SmoothedQuality(double Crispness, double Correlation)
{
    // What registrations put where the camera saw nothing must not count.
    private const int Border = 16;

    /// <param name="values">Frames one after another, X fastest.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    public static SmoothedQuality Of(float[] values, int height, int width)
    {
        var frames = values.Chunk(height * width).Select(frame => Smooth(frame, height, width)).ToArray();
        var mean = Enumerable.Range(0, frames[0].Length).Select(i => frames.Average(frame => frame[i])).ToArray();
        var inner = width - (2 * Border);
        var energy = 0d;
        for (var i = inner; i < mean.Length; i++)
        {
            var (y, x) = (mean[i] - mean[i - inner], i % inner == 0 ? 0 : mean[i] - mean[i - 1]);
            energy += (y * y) + (x * x);
        }

        return new SmoothedQuality(Math.Sqrt(energy), frames.Average(frame => Correlate(frame, mean)));
    }

    private static double[] Smooth(float[] frame, int height, int width)
    {
        var smooth = Blur.Of(Array.ConvertAll(frame, value => (double)value), height, width);
        return [.. from row in Enumerable.Range(Border, height - (2 * Border)) from column in Enumerable.Range(Border, width - (2 * Border)) select smooth[(row * width) + column]];
    }

    private static double Correlate(double[] one, double[] other)
    {
        var (a, b) = (one.Average(), other.Average());
        var (product, first, second) = (0d, 0d, 0d);
        for (var i = 0; i < one.Length; i++)
        {
            product += (one[i] - a) * (other[i] - b);
            first += (one[i] - a) * (one[i] - a);
            second += (other[i] - b) * (other[i] - b);
        }

        return product / Math.Sqrt(first * second);
    }
}
