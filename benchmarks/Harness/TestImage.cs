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

    /// <summary>A Gaussian PSF of sum 1.</summary>
    /// <param name="size">Voxels along each axis, odd.</param>
    /// <param name="sigma">Standard deviation in voxels.</param>
    public static MemoryVolume GaussianPsf(int size, double sigma)
    {
        double Weight(int i) => Math.Exp(-Math.Pow(i - (size / 2), 2) / (2 * sigma * sigma));
        var axis = Enumerable.Range(0, size).Select(Weight).ToArray();
        var sum = Math.Pow(axis.Sum(), 3);
        float[] values = [.. from z in axis from y in axis from x in axis select (float)(z * y * x / sum)];
        return MemoryVolume.FromSingles(values, new VolumeShape(size, size, size));
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
