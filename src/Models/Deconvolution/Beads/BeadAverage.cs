namespace InferenceBridge.Models;

/// <summary>The mean of the windows around beads, without background.</summary>
internal static class BeadAverage
{
    // Voxels that noise alone lifts above this many of its standard deviations are few, and none of them hangs together with the spot.
    private const double NoiseFactor = 2;

    /// <summary>Adds up the windows: bright beads count for more, as their light is less noisy.</summary>
    public static double[] Of(BeadStack stack, BeadWindow window, IReadOnlyList<Bead> beads, CancellationToken cancellation)
    {
        var sum = new double[window.Shape.ElementCount];
        foreach (var bead in beads)
        {
            cancellation.ThrowIfCancellationRequested();
            var values = window.Cut(stack, bead.Centre);
            var shell = Shell(window, values).Order().ToArray();
            var background = shell[shell.Length / 2];
            for (var i = 0; i < sum.Length; i++)
            {
                sum[i] += (values[i] - background) / beads.Count;
            }
        }

        return sum;
    }

    /// <summary>Sets to 0 what is no brighter than the noise at the window's sides, or does not hang together with the centre.</summary>
    public static double[] WithoutNoise(BeadWindow window, double[] average)
    {
        // Smoothing brings out dim rings that single voxels hide in noise.
        var smooth = Smooth(window, average);
        var shell = Shell(window, smooth).ToArray();
        var least = NoiseFactor * Math.Sqrt(shell.Sum(value => value * value) / Math.Max(1, shell.Length));
        var (depth, height, width) = (window.Shape.Depth, window.Shape.Height, window.Shape.Width);
        var (kept, seen) = (new double[average.Length], new bool[average.Length]);
        var pending = new Stack<(int Z, int Y, int X)>();
        void Visit(int z, int y, int x)
        {
            var i = (((z * height) + y) * width) + x;
            if (smooth[i] > least && !seen[i])
            {
                (kept[i], seen[i]) = (average[i], true);
                pending.Push((z, y, x));
            }
        }

        Visit(depth / 2, height / 2, width / 2);
        while (pending.TryPop(out var at))
        {
            for (var z = Math.Max(0, at.Z - 1); z <= Math.Min(depth - 1, at.Z + 1); z++)
            {
                for (var y = Math.Max(0, at.Y - 1); y <= Math.Min(height - 1, at.Y + 1); y++)
                {
                    for (var x = Math.Max(0, at.X - 1); x <= Math.Min(width - 1, at.X + 1); x++)
                    {
                        Visit(z, y, x);
                    }
                }
            }
        }

        return kept;
    }

    /// <summary>Means with weights 1, 2, 1 along each axis.</summary>
    private static double[] Smooth(BeadWindow window, double[] values)
    {
        var (depth, height, width) = (window.Shape.Depth, window.Shape.Height, window.Shape.Width);
        foreach (var (stride, size) in new[] { (1, width), (width, height), (height * width, depth) })
        {
            var smooth = new double[values.Length];
            for (var i = 0; i < values.Length; i++)
            {
                var at = i / stride % size;
                smooth[i] = (values[at > 0 ? i - stride : i] + (2 * values[i]) + values[at + 1 < size ? i + stride : i]) / 4;
            }

            values = smooth;
        }

        return values;
    }

    /// <summary>The voxels at the window's sides.</summary>
    private static IEnumerable<double> Shell(BeadWindow window, double[] values)
    {
        var (height, width) = (window.Shape.Height, window.Shape.Width);
        return values.Where((_, i) => i % width == 0 || i % width == width - 1 || i / width % height == 0 || i / width % height == height - 1);
    }
}
