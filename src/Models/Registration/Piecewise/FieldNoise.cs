namespace InferenceBridge.Models;

/// <summary>How large a field the noise alone would make: random displacements as likely as the fit's errors go through the same smoothing.</summary>
internal sealed class FieldNoise
{
    private const int Draws = 2;

    private readonly double[][] _signs;
    private readonly int _rows;
    private readonly int _columns;
    private readonly double _spacingY;
    private readonly double _spacingX;

    public FieldNoise(AxisGrid y, AxisGrid x)
    {
        (_rows, _columns, _spacingY, _spacingX) = (y.Count, x.Count, y.Spacing, x.Spacing);
        var random = new Random(1);
        _signs = [.. Enumerable.Range(0, Draws).Select(_ => Enumerable.Range(0, 2 * _rows * _columns).Select(_ => random.Next(2) == 0 ? -1.0 : 1.0).ToArray())];
    }

    /// <summary>How large it would be.</summary>
    /// <param name="fit">The last fit: what it leaves over at the nodes tells how much larger errors are than its pixels' noise says.</param>
    /// <param name="stiffness">As in <see cref="SmoothField"/>.</param>
    public FieldEnergy Energy(NodeFit fit, Stiffness stiffness)
    {
        var n = _rows * _columns;
        var (leftOver, known) = (0.0, 0);
        var roots = new (double A, double B, double C)[n];
        for (var i = 0; i < n; i++)
        {
            // Cholesky.
            var a = Math.Sqrt(fit.Curvature.YY[i]);
            var b = a > 0 ? fit.Curvature.YX[i] / a : 0;
            var c = Math.Sqrt(Math.Max(0, fit.Curvature.XX[i] - (b * b)));
            roots[i] = (a, b, c);
            if (a > 0 && c > 0)
            {
                var first = fit.Rest.Y[i] / a;
                var second = (fit.Rest.X[i] - (b * first)) / c;
                leftOver += (first * first) + (second * second);
                known++;
            }
        }

        var scale = Math.Sqrt(Math.Max(1, known > 0 ? leftOver / (2 * known) : 1));
        var (square, slope) = (0.0, 0.0);
        foreach (var signs in _signs)
        {
            var right = new NodeField(_rows, _columns);
            for (var i = 0; i < n; i++)
            {
                var (a, b, c) = roots[i];
                right.Y[i] = scale * a * signs[i];
                right.X[i] = scale * ((b * signs[i]) + (c * signs[n + i]));
            }

            var field = SmoothField.Solve(fit.Curvature, right, stiffness, 0);
            square += field.MeanSquare();
            slope += field.MeanSquareSlope(_spacingY, _spacingX);
        }

        return new FieldEnergy(square / Draws, slope / Draws);
    }
}
