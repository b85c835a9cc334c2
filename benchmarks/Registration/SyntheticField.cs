using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Registration;

/// <summary>
/// A field of ten random vectors at random positions, each spread by a Gaussian of σ 20 to 60 px, summed, and scaled down where the longest
/// displacement is over 8 px. Known everywhere in closed form.
/// </summary>
internal sealed class SyntheticField
{
    private const int Vectors = 10;
    private const double LargestLength = 8;
    private const double SmallestSigma = 20;
    private const double LargestSigma = 60;

    // Neighbours differ by less than a third of their distance, so that each step leaves less than a third of the error.
    private const int Steps = 40;
    private const double SmallStep = 1e-4;

    private readonly (double Y, double X, double VectorY, double VectorX, double Scale)[] _vectors;

    public SyntheticField(int height, int width, SeededRandom random)
    {
        _vectors = [.. Enumerable.Range(0, Vectors).Select(_ =>
        {
            var sigma = random.NextUniform(SmallestSigma, LargestSigma);
            return (random.NextUniform(0, height), random.NextUniform(0, width), random.NextUniform(-LargestLength, LargestLength),
                random.NextUniform(-LargestLength, LargestLength), -0.5 / (sigma * sigma));
        })];
        var longest = 0d;
        for (var i = 0; i < height * width; i++)
        {
            var (y, x) = At(i / width, i % width);
            longest = Math.Max(longest, Math.Sqrt((y * y) + (x * x)));
        }

        var scale = Math.Min(1, LargestLength / longest);
        _vectors = Array.ConvertAll(_vectors, each => each with { VectorY = scale * each.VectorY, VectorX = scale * each.VectorX });
    }

    /// <summary>The displacement at a position, in px.</summary>
    public (double Y, double X) At(double y, double x)
    {
        var (sumY, sumX) = (0d, 0d);
        foreach (var (centreY, centreX, vectorY, vectorX, scale) in _vectors)
        {
            var weight = Math.Exp(scale * (((y - centreY) * (y - centreY)) + ((x - centreX) * (x - centreX))));
            sumY += weight * vectorY;
            sumX += weight * vectorX;
        }

        return (sumY, sumX);
    }

    /// <summary>Where the content of a pixel has gone, for a frame that shows at q what was at q minus the field at q: d = field(p + d).</summary>
    public (double Y, double X) Forward(double y, double x)
    {
        var (dy, dx) = At(y, x);
        for (var step = 0; step < Steps; step++)
        {
            var (nextY, nextX) = At(y + dy, x + dx);
            var change = Math.Abs(nextY - dy) + Math.Abs(nextX - dx);
            (dy, dx) = (nextY, nextX);
            if (change < SmallStep)
            {
                break;
            }
        }

        return (dy, dx);
    }
}
