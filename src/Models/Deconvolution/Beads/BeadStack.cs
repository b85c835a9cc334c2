using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>The pixels of a stack of beads as float32, and what is known of all of them.</summary>
internal sealed class BeadStack
{
    private const double DeviationOfMedian = 1.4826;
    private const int MedianSamples = 1 << 20;

    // Converters of 8 to 16 bits end at these values.
    private static readonly float[] FullScales = [255, 1023, 4095, 16383, 65535];

    public BeadStack(MemoryVolume volume)
    {
        Shape = volume.Info.Shape;
        Values = volume.ToSingles();
        var step = Math.Max(1, Values.Length / MedianSamples);
        var sample = Values.Where((_, i) => i % step == 0).ToArray();
        Background = Median(sample);
        Noise = DeviationOfMedian * Median([.. sample.Select(value => Math.Abs(value - Background))]);
        var maximum = Values.Max();
        FullScale = volume.Info.PixelType is PixelType.Float32 or PixelType.Float64 || !FullScales.Contains(maximum)
            ? float.PositiveInfinity
            : maximum;
    }

    public VolumeShape Shape { get; }

    /// <summary>X fastest, then Y, then Z.</summary>
    public float[] Values { get; }

    /// <summary>Median of all voxels: most of a stack of beads is empty.</summary>
    public float Background { get; }

    /// <summary>Standard deviation of the empty voxels, from the median of their deviations.</summary>
    public double Noise { get; }

    /// <summary>Value at which the detector ends; infinite where no voxel is there.</summary>
    public float FullScale { get; }

    public float this[int z, int y, int x] => Values[Index(z, y, x)];

    public int Index(int z, int y, int x) => ((z * Shape.Height) + y) * Shape.Width + x;

    public (int Z, int Y, int X) Position(int index)
    {
        var (row, x) = Math.DivRem(index, Shape.Width);
        var (z, y) = Math.DivRem(row, Shape.Height);
        return (z, y, x);
    }

    public static float Median(float[] values)
    {
        var copy = (float[])values.Clone();
        Array.Sort(copy);
        return copy.Length == 0 ? 0 : copy[copy.Length / 2];
    }
}
