using System.Runtime.InteropServices;
using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks;

/// <summary>Noisy tubules in [0, 1], and files that hand arrays to a peer's script.</summary>
internal static class TestImage
{
    public static float[] Create(int depth, int height, int width)
    {
        var values = Phantom.Create(new PhantomOptions { Depth = depth, Height = height, Width = width }).Noisy.ToSingles();
        var (low, high) = (values.Min(), values.Max());
        return [.. values.Select(value => (value - low) / (high - low))];
    }

    public static string Save(string folder, string name, float[] values)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, MemoryMarshal.AsBytes<float>(values));
        return path;
    }

    /// <summary>Largest difference of a file that a script wrote from our values.</summary>
    public static double LargestDifference(string path, float[] values) =>
        MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path)).ToArray().Zip(values, (a, b) => Math.Abs((double)a - b)).Max();
}
