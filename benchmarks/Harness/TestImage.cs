using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Harness;

/// <summary>Images that ours and the peers get alike.</summary>
internal static class TestImage
{
    /// <summary>Simulated tubules with Poisson and read noise, scaled to [0, 1].</summary>
    public static MemoryVolume Create(VolumeShape shape)
    {
        var options = new PhantomOptions { Depth = shape.Depth, Height = shape.Height, Width = shape.Width };
        var values = Phantom.Create(options).Noisy.ToSingles();
        var (low, high) = (values.Min(), values.Max());
        return MemoryVolume.FromSingles([.. values.Select(value => (value - low) / (high - low))], shape);
    }

    /// <summary>Largest difference of two results, as a fraction of the second one's range.</summary>
    public static double LargestDifference(IReadOnlyList<float> ours, IReadOnlyList<float> theirs) =>
        ours.Zip(theirs, (a, b) => Math.Abs((double)a - b)).Max() / ((double)theirs.Max() - theirs.Min());

    /// <summary>The root of the mean squared difference of two results, as a fraction of the second one's range.</summary>
    public static double RootMeanSquareDifference(IReadOnlyList<float> ours, IReadOnlyList<float> theirs) =>
        Math.Sqrt(ours.Zip(theirs, (a, b) => ((double)a - b) * ((double)a - b)).Average()) / ((double)theirs.Max() - theirs.Min());

    /// <summary>"ZxYxX", as the peers' scripts take it.</summary>
    public static string Text(VolumeShape shape) => $"{shape.Depth}x{shape.Height}x{shape.Width}";
}
