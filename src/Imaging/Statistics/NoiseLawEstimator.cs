namespace InferenceBridge.Imaging;

/// <summary>
/// Estimates the <see cref="NoiseLaw"/> from an image itself, plane by plane: everywhere on a grid, what a 3×3 Laplacian of Laplacians
/// leaves (J. Immerkær, Comput. Vis. Image Underst. 64, 300 (1996)) is put beside the mean around it; among places of like
/// means, the median gives the noise's variance; and a line through variances over means is the law, as in a photon transfer
/// curve. Structure only ever adds to a variance, so what lies above the line counts less. Not safe for concurrent calls.
/// </summary>
public sealed class NoiseLawEstimator
{
    private const double NormalQuartile = 0.6744897501960817;
    private const int Reach = 2;
    private const int PlaneSamples = 1 << 14;
    private const int MaximumSamples = 1 << 18;
    private const int SamplesPerBin = 64;
    private const int MaximumBins = 32;
    private const int Rounds = 20;

    // Binomial weights of order 4, a Gaussian of variance 1.
    private static readonly double[] Binomial = [1 / 16d, 4 / 16d, 6 / 16d, 4 / 16d, 1 / 16d];

    private readonly List<(float Mean, float Residual)> _samples = [];
    private long _seen;
    private long _step = 1;

    /// <summary>Adds one plane. Places near a NaN, an infinity or the plane's edges are left out.</summary>
    /// <param name="plane">Height × width values, X fastest.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <exception cref="ArgumentException">The number of values is not height × width.</exception>
    public void Add(ReadOnlySpan<float> plane, int height, int width)
    {
        if (plane.Length != (long)height * width)
        {
            throw new ArgumentException($"{plane.Length} values for a plane of {height}×{width} pixels.", nameof(plane));
        }

        var stride = Math.Max(1, (int)Math.Ceiling(Math.Sqrt((double)plane.Length / PlaneSamples)));
        for (var y = Reach; y < height - Reach; y += stride)
        {
            for (var x = Reach; x < width - Reach; x += stride)
            {
                var (mean, residual) = Measure(plane, width, y, x);
                if (float.IsFinite(mean) && float.IsFinite(residual))
                {
                    Keep((mean, residual));
                }
            }
        }
    }

    /// <summary>The law; null where the image is too small, or shows no noise at all.</summary>
    public NoiseLaw? Estimate()
    {
        var bins = Math.Min(MaximumBins, _samples.Count / SamplesPerBin);
        if (bins < 1)
        {
            return null;
        }

        var sorted = _samples.ToArray();
        Array.Sort(sorted, (a, b) => a.Mean.CompareTo(b.Mean));
        var points = Enumerable.Range(0, bins)
            .Select(i => Point(sorted.AsSpan((int)((long)sorted.Length * i / bins)..(int)((long)sorted.Length * (i + 1) / bins))))
            // Saturated or empty parts show no noise: the law does not hold there.
            .Where(point => point.Variance > 0)
            .ToArray();
        return points.Length == 0 ? null : Fit(points);
    }

    private static (float Mean, float Residual) Measure(ReadOnlySpan<float> plane, int width, int y, int x)
    {
        double mean = 0, residual = 0;
        for (var dy = -Reach; dy <= Reach; dy++)
        {
            var row = plane.Slice(((y + dy) * width) + x - Reach, (2 * Reach) + 1);
            mean += Binomial[dy + Reach] * ((Binomial[0] * (row[0] + row[4])) + (Binomial[1] * (row[1] + row[3])) + (Binomial[2] * row[2]));
            if (Math.Abs(dy) <= 1)
            {
                residual += (dy == 0 ? -2 : 1) * (row[1] - (2d * row[2]) + row[3]);
            }
        }

        // The mask's weights have the norm 6.
        return ((float)mean, (float)Math.Abs(residual / 6));
    }

    /// <summary>Keeps every first, second, fourth, … sample, so that all planes count alike however many there are.</summary>
    private void Keep((float Mean, float Residual) sample)
    {
        if (_seen++ % _step != 0)
        {
            return;
        }

        _samples.Add(sample);
        if (_samples.Count == MaximumSamples)
        {
            for (var i = 0; i < MaximumSamples / 2; i++)
            {
                _samples[i] = _samples[2 * i];
            }

            _samples.RemoveRange(MaximumSamples / 2, MaximumSamples / 2);
            _step *= 2;
        }
    }

    private static (double Mean, double Variance) Point(ReadOnlySpan<(float Mean, float Residual)> bin)
    {
        var residuals = new double[bin.Length];
        var mean = 0d;
        for (var i = 0; i < bin.Length; i++)
        {
            mean += bin[i].Mean;
            residuals[i] = bin[i].Residual;
        }

        var deviation = Selection.Median(residuals) / NormalQuartile;
        return (mean / bin.Length, deviation * deviation);
    }

    /// <summary>A line by weighted least squares of the relative error, again and again with less weight for what lies above it.</summary>
    private static NoiseLaw Fit((double Mean, double Variance)[] points)
    {
        var weights = points.Select(point => 1 / (point.Variance * point.Variance)).ToArray();
        var floor = 1e-9 * points.Max(point => point.Variance);
        NoiseLaw law = new(0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            law = Line(points, weights);
            var relative = new double[points.Length];
            for (var i = 0; i < points.Length; i++)
            {
                var expected = Math.Max(floor, (law.Gain * points[i].Mean) + law.VarianceAtZero);
                relative[i] = (points[i].Variance - expected) / expected;
                weights[i] = 1 / (expected * expected);
            }

            var spread = Math.Max(0.02, Selection.Median([.. relative.Select(Math.Abs)]) / NormalQuartile);
            for (var i = 0; i < points.Length; i++)
            {
                weights[i] /= relative[i] > 0 ? 1 + (relative[i] / spread * (relative[i] / spread)) : 1;
            }
        }

        return law;
    }

    private static NoiseLaw Line((double Mean, double Variance)[] points, double[] weights)
    {
        var total = weights.Sum();
        var mean = points.Zip(weights, (point, weight) => weight * point.Mean).Sum() / total;
        var variance = points.Zip(weights, (point, weight) => weight * point.Variance).Sum() / total;
        var spread = points.Zip(weights, (point, weight) => weight * (point.Mean - mean) * (point.Mean - mean)).Sum() / total;
        var slope = points.Zip(weights, (point, weight) => weight * (point.Mean - mean) * (point.Variance - variance)).Sum() / total / spread;

        // Noise that falls with the signal is none that a camera makes.
        return slope > 0 && double.IsFinite(slope) ? new NoiseLaw(slope, variance - (slope * mean)) : new NoiseLaw(0, variance);
    }
}
