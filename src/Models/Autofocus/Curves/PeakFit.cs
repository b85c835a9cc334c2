namespace InferenceBridge.Models;

/// <summary>One shape fitted to the top of a focus curve by weighted least squares.</summary>
/// <param name="Shape">What was fitted.</param>
/// <param name="Vertex">Where its maximum lies, in the fit's coordinate; null where it has none.</param>
/// <param name="Variance">Of the vertex.</param>
/// <param name="Criterion">Akaike's, corrected for few points: smaller is better; only differences mean something.</param>
/// <param name="Coefficients">Of the polynomial in the straightened height, from the constant on.</param>
internal sealed record PeakFit(PeakShape Shape, double? Vertex, double Variance, double Criterion, double[] Coefficients)
{
    // The residual that counts as one more measurement, so that few points that happen to lie well do not claim to be exact.
    private const double PriorResidual = 0.01;
    private const int Rounds = 4;

    /// <summary>Fits a polynomial.</summary>
    /// <param name="at">Positions, scaled so that the fit reaches from about −1 to 1.</param>
    /// <param name="heights">Heights from 0 at the base to 1 at the top.</param>
    /// <param name="shape">What to fit.</param>
    /// <param name="degree">2, or 3 for curves that fall faster on one side.</param>
    /// <param name="noise">Standard deviation of heights by the whole curve; null where that is not known.</param>
    public static PeakFit Of(double[] at, double[] heights, PeakShape shape, int degree, double? noise)
    {
        var (n, size) = (at.Length, degree + 1);
        var straight = Array.ConvertAll(heights, height => shape.Straighten(height));
        var trust = Array.ConvertAll(heights, _ => 1.0);
        var (coefficients, inverse) = (new double[size], new double[size, size]);
        var residuals = new double[n];
        for (var round = 0; round < (n > size + 2 ? Rounds : 1); round++)
        {
            (coefficients, inverse) = Solve(at, straight, [.. heights.Select((height, i) => shape.Weight(height) * trust[i])], size);
            for (var i = 0; i < n; i++)
            {
                residuals[i] = heights[i] - shape.Bend(Value(coefficients, at[i]));
            }

            Distrust(residuals, trust);
        }

        var squares = residuals.Select((residual, i) => trust[i] * residual * residual).Sum();
        var vertex = Summit(coefficients);
        var variance = vertex is { } top
            ? ((squares + Prior(noise, out var count)) / (Math.Max(0, n - size) + count)) * Spread(coefficients, inverse, top)
            : double.PositiveInfinity;
        return new PeakFit(shape, vertex, variance, Akaike(squares, n, size + 1), coefficients);
    }

    /// <summary>Height of the fit.</summary>
    public double Height(double at) => Shape.Bend(Value(Coefficients, at));

    // The curve's noise counts as much as two more measurements.
    private static double Prior(double? noise, out int count)
    {
        count = noise is null ? 1 : 3;
        return (PriorResidual * PriorResidual) + (2 * (noise ?? 0) * (noise ?? 0));
    }

    private static double Value(double[] coefficients, double at)
    {
        var value = 0.0;
        for (var i = coefficients.Length - 1; i >= 0; i--)
        {
            value = (value * at) + coefficients[i];
        }

        return value;
    }

    private static double? Summit(double[] c)
    {
        if (c.Length == 3 || Math.Abs(c[3]) < 1e-9 * Math.Abs(c[2]))
        {
            return c[2] < 0 ? -c[1] / (2 * c[2]) : null;
        }

        // Of the two points where a cubic is level, that at which it bends down.
        var root = (c[2] * c[2]) - (3 * c[3] * c[1]);
        return root > 0 ? (-c[2] - Math.Sqrt(root)) / (3 * c[3]) : null;
    }

    // Variance of the vertex for a variance of 1 of a height: it is where the slope is 0, so it moves by what the slope changes over the curvature.
    private static double Spread(double[] coefficients, double[,] inverse, double vertex)
    {
        var size = coefficients.Length;
        var (slope, curvature) = (new double[size], 0.0);
        for (var i = 1; i < size; i++)
        {
            slope[i] = i * Math.Pow(vertex, i - 1);
            curvature += i > 1 ? i * (i - 1) * coefficients[i] * Math.Pow(vertex, i - 2) : 0;
        }

        var sum = 0.0;
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                sum += slope[i] * inverse[i, j] * slope[j];
            }
        }

        return sum / (curvature * curvature);
    }

    // Points far off the others' residuals count less (Huber 1964): one plane at which the lamp flickered.
    private static void Distrust(double[] residuals, double[] trust)
    {
        var sizes = residuals.Select(Math.Abs).Order().ToArray();
        var limit = 2.5 * 1.4826 * Math.Max(sizes[sizes.Length / 2], 1e-3);
        for (var i = 0; i < trust.Length; i++)
        {
            trust[i] = Math.Min(1, limit / Math.Max(Math.Abs(residuals[i]), 1e-12));
        }
    }

    private static double Akaike(double squares, int n, int parameters)
    {
        var fit = n * Math.Log((squares / n) + 1e-6);
        return n > parameters + 1 ? fit + (2 * parameters) + (2.0 * parameters * (parameters + 1) / (n - parameters - 1)) : fit + (2 * parameters);
    }

    // Normal equations, at most 4 by 4, by Gauss and Jordan's elimination; also their inverse.
    private static (double[] Solution, double[,] Inverse) Solve(double[] at, double[] values, double[] weights, int size)
    {
        var rows = new double[size, (2 * size) + 1];
        for (var i = 0; i < size; i++)
        {
            for (var k = 0; k < at.Length; k++)
            {
                for (var j = 0; j < size; j++)
                {
                    rows[i, j] += weights[k] * Math.Pow(at[k], i + j);
                }

                rows[i, 2 * size] += weights[k] * Math.Pow(at[k], i) * values[k];
            }

            rows[i, size + i] = 1;
        }

        for (var pivot = 0; pivot < size; pivot++)
        {
            var scale = 1 / rows[pivot, pivot];
            for (var j = 0; j <= 2 * size; j++)
            {
                rows[pivot, j] *= scale;
            }

            for (var i = 0; i < size; i++)
            {
                var factor = i == pivot ? 0 : rows[i, pivot];
                for (var j = 0; j <= 2 * size && factor != 0; j++)
                {
                    rows[i, j] -= factor * rows[pivot, j];
                }
            }
        }

        var inverse = new double[size, size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                inverse[i, j] = rows[i, size + j];
            }
        }

        return ([.. Enumerable.Range(0, size).Select(i => rows[i, 2 * size])], inverse);
    }
}
