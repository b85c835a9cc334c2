namespace InferenceBridge.Imaging;

/// <summary>Interpolation of well-sampled data with a windowed sinc of four samples to each side.</summary>
public static class Lanczos
{
    /// <summary>Samples to each side.</summary>
    public const int Radius = 4;

    /// <summary>Weights of the samples from floor(position) − <see cref="Radius"/> + 1 on, 2 <see cref="Radius"/> of them with sum 1.</summary>
    /// <param name="position">Position in samples.</param>
    /// <param name="weights">2 <see cref="Radius"/> values.</param>
    /// <returns>Index of the first sample; it may lie outside of the data.</returns>
    public static int Weights(double position, Span<double> weights)
    {
        var first = (int)Math.Floor(position) - Radius + 1;
        var sum = 0.0;
        for (var i = 0; i < 2 * Radius; i++)
        {
            var distance = Math.PI * (position - first - i);
            weights[i] = Math.Abs(distance) < 1e-12 ? 1 : Math.Abs(distance) >= Math.PI * Radius ? 0
                : Math.Sin(distance) * Math.Sin(distance / Radius) * Radius / (distance * distance);
            sum += weights[i];
        }

        for (var i = 0; i < 2 * Radius; i++)
        {
            weights[i] /= sum;
        }

        return first;
    }

    /// <summary>The value at a position between samples; the first and the last sample continue beyond the ends.</summary>
    public static double At(IReadOnlyList<float> line, double position)
    {
        Span<double> weights = stackalloc double[2 * Radius];
        var first = Weights(position, weights);
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += weights[i] * line[Math.Clamp(first + i, 0, line.Count - 1)];
        }

        return sum;
    }
}
