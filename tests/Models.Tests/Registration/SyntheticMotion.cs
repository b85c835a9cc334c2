using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Tests;

/// <summary>Scenes of Gaussian spots, whose value is known at any place, so that a shifted scene needs no resampling.</summary>
internal sealed class SyntheticMotion(int seed, int depth, int height, int width, double sigma = 2)
{
    private readonly (double Z, double Y, double X, double Height)[] _spots = Spots(seed, depth, height, width);

    /// <summary>The scene moved by so many px, with Poisson-like noise where photons are counted.</summary>
    /// <param name="z">Displacement along z; likewise the others.</param>
    /// <param name="y">Along y.</param>
    /// <param name="x">Along x.</param>
    /// <param name="photons">Expected photons at the brightest spots; null for none of the noise.</param>
    /// <param name="random">Source of the noise.</param>
    public float[] Frame(double z, double y, double x, double? photons = null, Random? random = null) => Frame((_, _) => (y, x), z, photons, random);

    /// <summary>The scene moved by a field along y and x: each spot by the field at its own place.</summary>
    /// <param name="field">Displacement at (y, x).</param>
    /// <param name="z">Displacement along z.</param>
    /// <param name="photons">Expected photons at the brightest spots; null for none of the noise.</param>
    /// <param name="random">Source of the noise.</param>
    public float[] Frame(Func<double, double, (double Y, double X)> field, double z = 0, double? photons = null, Random? random = null)
    {
        var values = new double[depth * height * width];
        var reach = (int)Math.Ceiling(5 * sigma);
        foreach (var spot in _spots)
        {
            var (y, x) = field(spot.Y, spot.X);
            var (cz, cy, cx) = (spot.Z + z, spot.Y + y, spot.X + x);
            for (var k = depth == 1 ? 0 : Math.Max(0, (int)cz - reach); k < (depth == 1 ? 1 : Math.Min(depth, (int)cz + reach + 1)); k++)
            {
                for (var j = Math.Max(0, (int)cy - reach); j < Math.Min(height, (int)cy + reach + 1); j++)
                {
                    for (var i = Math.Max(0, (int)cx - reach); i < Math.Min(width, (int)cx + reach + 1); i++)
                    {
                        var squared = ((j - cy) * (j - cy)) + ((i - cx) * (i - cx)) + (depth == 1 ? 0 : (k - cz) * (k - cz));
                        values[(((k * height) + j) * width) + i] += spot.Height * Math.Exp(-0.5 * squared / (sigma * sigma));
                    }
                }
            }
        }

        return [.. values.Select(value => (float)Noisy(value, photons, random))];
    }

    private static double Noisy(double value, double? photons, Random? random)
    {
        if (photons is not { } peak)
        {
            return 100 * value;
        }

        // A normal of the Poisson's variance, with a background of a tenth of the peak.
        var expected = peak * (value + 0.1);
        var normal = Math.Sqrt(-2 * Math.Log(1 - random!.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return expected + (Math.Sqrt(expected) * normal);
    }

    private static (double, double, double, double)[] Spots(int seed, int depth, int height, int width)
    {
        var random = new Random(seed);
        const int margin = 40;
        var count = Math.Max(30, (height + (2 * margin)) * (width + (2 * margin)) / 150);
        return [.. Enumerable.Range(0, count).Select(_ => (
            depth == 1 ? 0 : (random.NextDouble() * (depth + 8)) - 4, (random.NextDouble() * (height + (2 * margin))) - margin,
            (random.NextDouble() * (width + (2 * margin))) - margin, 0.3 + (0.7 * random.NextDouble())))];
    }

    /// <summary>A movie of frames.</summary>
    public MemoryVolume Movie(IReadOnlyList<(double Z, double Y, double X)> shifts, double? photons = null)
    {
        var random = new Random(seed + 1);
        return MemoryVolume.FromSingles(
            [.. shifts.SelectMany(d => Frame(d.Z, d.Y, d.X, photons, random))], new VolumeShape(shifts.Count, 1, depth, height, width));
    }
}
