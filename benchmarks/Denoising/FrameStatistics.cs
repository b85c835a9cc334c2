using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Denoising;

/// <summary>What can be said of a movie without anything clean: how much frames that follow each other differ, and how alike they are.</summary>
/// <param name="Difference">Standard deviation of the difference of successive frames, as a part of the movie's mean.</param>
/// <param name="Correlation">Mean correlation of successive frames.</param>
internal sealed record FrameStatistics(double Difference, double Correlation)
{
    public static FrameStatistics Of(MemoryVolume movie)
    {
        var frames = movie.ToSingles().Chunk((int)movie.Info.Shape.PlaneElementCount).ToArray();
        var mean = frames.Average(frame => frame.Average(value => (double)value));
        var pairs = frames.Zip(frames.Skip(1)).ToArray();
        return new FrameStatistics(
            Math.Sqrt(pairs.Average(pair => pair.First.Zip(pair.Second, (a, b) => Math.Pow(a - (double)b, 2)).Average())) / mean,
            pairs.Average(pair => Correlate(pair.First, pair.Second)));
    }

    private static double Correlate(float[] a, float[] b)
    {
        var (meanA, meanB) = (a.Average(value => (double)value), b.Average(value => (double)value));
        var product = a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum();
        return product / Math.Sqrt(a.Sum(x => Math.Pow(x - meanA, 2)) * b.Sum(y => Math.Pow(y - meanB, 2)));
    }
}
