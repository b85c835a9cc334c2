namespace InferenceBridge.Models;

/// <summary>How large a field the noise alone would make: random displacements as likely as the fit's errors go through the same smoothing.</summary>
internal sealed class FieldNoise
{
    private const int Draws = 2;

    // Windows that fall linearly along y and x: the mean of their squares over their mean. Errors of neighbours overlap by the rest.
    private const double Overlap = 4.0 / 9;

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
        var roots = Roots(fit.Curvature);
        var (square, slope) = (0.0, 0.0);
        var expected = new double[Draws];
        for (var draw = 0; draw < Draws; draw++)
        {
            var (signs, right) = (_signs[draw], new NodeField(_rows, _columns));
            for (var i = 0; i < roots.Length; i++)
            {
                var (a, b, c) = roots[i];
                right.Y[i] = a * signs[i];
                right.X[i] = (b * signs[i]) + (c * signs[roots.Length + i]);
            }

            var field = SmoothField.Solve(fit.Curvature, right, stiffness, 0);
            square += field.MeanSquare();
            slope += field.MeanSquareSlope(_spacingY, _spacingX);
            expected[draw] = LeftOver(fit.At(right, field).Rest, roots);
        }

        // What the field has not followed tells how much larger errors are than the mean noise around the nodes lets expect.
        var usual = expected.Average();
        var scale = usual > 0 ? Math.Max(1, LeftOver(fit.Rest, roots) / (Overlap * usual)) : 1;
        return new FieldEnergy(scale * square / Draws, scale * slope / Draws);
    }

    // Cholesky.
    private static (double A, double B, double C)[] Roots(NodeCurvature curvature)
    {
        var roots = new (double A, double B, double C)[curvature.YY.Length];
        for (var i = 0; i < roots.Length; i++)
        {
            var a = Math.Sqrt(curvature.YY[i]);
            var b = a > 0 ? curvature.YX[i] / a : 0;
            roots[i] = (a, b, Math.Sqrt(Math.Max(0, curvature.XX[i] - (b * b))));
        }

        return roots;
    }

    // Squares, each in units of its error: the middle one, which places do not spoil that the field cannot follow.
    private static double LeftOver(NodeField rest, (double A, double B, double C)[] roots)
    {
        var squares = new List<double>(roots.Length);
        for (var i = 0; i < roots.Length; i++)
        {
            var (a, b, c) = roots[i];
            if (a > 0 && c > 0)
            {
                var first = rest.Y[i] / a;
                var second = (rest.X[i] - (b * first)) / c;
                squares.Add((first * first) + (second * second));
            }
        }

        squares.Sort();
        return squares.Count > 0 ? squares[squares.Count / 2] : 0;
    }
}
