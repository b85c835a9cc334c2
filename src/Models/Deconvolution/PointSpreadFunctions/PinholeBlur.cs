namespace InferenceBridge.Models;

/// <summary>Sums the detected intensity over a round pinhole, seen from every distance of a point from the axis.</summary>
internal sealed class PinholeBlur
{
    private const int Rings = 16;
    private const int Directions = 24;
    private const double RingsPerSample = 0.125;

    private readonly double _step;
    private readonly int _count;
    private readonly double[] _radii;
    private readonly double[] _weights;

    /// <param name="radius">Radius of the pinhole in the sample, in µm.</param>
    /// <param name="step">Distance of the profile's samples in µm.</param>
    /// <param name="count">Samples of the result.</param>
    public PinholeBlur(double radius, double step, int count)
    {
        _step = step;
        _count = count;
        InputCount = count + 4 + (int)(radius / step);
        (_radii, _weights) = GaussLegendre.From0To(radius, Rings + (int)(RingsPerSample * radius / step));
        _weights = [.. _weights.Zip(_radii, (weight, r) => 2 * weight * r / (radius * radius))];
    }

    /// <summary>Samples that the input must have.</summary>
    public int InputCount { get; }

    /// <summary>The mean intensity over the pinhole around each of the distances.</summary>
    public double[] Apply(double[] values)
    {
        var profile = new RadialProfile(_step, values);
        var result = new double[_count];
        for (var i = 0; i < _count; i++)
        {
            result[i] = Mean(profile, i * _step);
        }

        return result;
    }

    private double Mean(RadialProfile profile, double distance)
    {
        var directions = Directions + (2 * _radii.Length);
        var sum = 0.0;
        for (var k = 0; k < _radii.Length; k++)
        {
            var (r, ring) = (_radii[k], 0.0);

            // One half of the ring mirrors the other; the middles of equal arcs converge fast on a periodic function.
            for (var j = 0; j < directions; j++)
            {
                var cosine = Math.Cos(Math.PI * (j + 0.5) / directions);
                ring += profile.At(Math.Sqrt(Math.Max(0, (distance * distance) + (r * r) + (2 * distance * r * cosine))));
            }

            sum += _weights[k] * ring / directions;
        }

        return sum;
    }
}
