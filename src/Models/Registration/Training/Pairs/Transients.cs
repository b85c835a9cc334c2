using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Training;

/// <summary>Regions that become brighter or darker while the structure stays, as cells do in calcium imaging: ellipses with soft edges.</summary>
internal sealed class Transients
{
    private const double SmallestRadius = 3;
    private const double LargestRadius = 20;

    // exp(−r⁴) is below a thousandth there.
    private const double Reach = 1.65;

    private readonly Region[] _regions;

    private Transients(Region[] regions) => _regions = regions;

    /// <summary>Random regions of a frame.</summary>
    public static Transients Draw(AppearanceOptions options, int size, SeededRandom random)
    {
        var count = random.NextUniform() < options.TransientShare ? 1 + random.NextIndex(options.MostTransients) : 0;
        return new Transients([.. Enumerable.Range(0, count).Select(_ =>
        {
            var radius = Math.Exp(random.NextUniform(Math.Log(SmallestRadius), Math.Log(LargestRadius)));
            var (sine, cosine) = Math.SinCos(random.NextUniform(0, Math.PI));
            var aspect = random.NextUniform(1, 2);
            return new Region(
                random.NextUniform(0, size), random.NextUniform(0, size), sine, cosine, 1 / (radius * aspect), aspect / radius, radius * aspect * Reach,
                Math.Pow(options.LargestTransient, random.NextUniform(-1, 1)), random.NextUniform() < 0.5);
        })]);
    }

    /// <summary>Multiplies a frame.</summary>
    /// <param name="light">The frame, X fastest, 0 to about 1.</param>
    /// <param name="size">Rows and columns.</param>
    /// <param name="backY">Which way the content of each pixel came along y, in px; likewise x. Empty where it did not move.</param>
    /// <param name="backX">See there.</param>
    public void Apply(Span<float> light, int size, ReadOnlySpan<float> backY, ReadOnlySpan<float> backX)
    {
        foreach (var region in _regions)
        {
            // Content from farther than the longest motion does not come here.
            var reach = region.Reach + (backY.IsEmpty ? 0 : 16);
            var (top, bottom) = Range(region.Y, reach, size);
            var (left, right) = Range(region.X, reach, size);
            for (var row = top; row < bottom; row++)
            {
                for (var column = left; column < right; column++)
                {
                    var i = (row * size) + column;
                    var (y, x) = backY.IsEmpty ? (row - region.Y, column - region.X) : (row - backY[i] - region.Y, column - backX[i] - region.X);
                    var mask = region.Mask(y, x);
                    mask = region.FollowsStructure ? mask * Math.Clamp(2 * light[i], 0, 1) : mask;
                    light[i] *= (float)(1 + ((region.Factor - 1) * mask));
                }
            }
        }
    }

    private static (int First, int End) Range(double centre, double reach, int size) =>
        ((int)Math.Clamp(centre - reach, 0, size), (int)Math.Clamp(centre + reach + 1, 0, size));

    private readonly record struct Region(
        double Y, double X, double Sine, double Cosine, double InverseLong, double InverseShort, double Reach, double Factor, bool FollowsStructure)
    {
        public double Mask(double y, double x)
        {
            var (along, across) = (((Cosine * x) + (Sine * y)) * InverseLong, ((Cosine * y) - (Sine * x)) * InverseShort);
            var square = (along * along) + (across * across);
            return square > Reach * Reach ? 0 : Math.Exp(-square * square);
        }
    }
}
