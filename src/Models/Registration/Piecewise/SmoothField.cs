namespace InferenceBridge.Models;

/// <summary>
/// The smooth field that fits what was measured at the nodes, each as far as it is known: it minimises Σ (u − m)ᵀ A (u − m) + s Σ |u − u'|²
/// over neighbours + r Σ |u|². Nodes of which nothing is known take their neighbours' values.
/// </summary>
internal static class SmoothField
{
    private const int MaximumIterations = 60;
    private const double Tolerance = 1e-4;

    /// <summary>Solves (A + s L + r) u = b by conjugate gradients.</summary>
    /// <param name="curvature">A: symmetric 2×2 for each node, in px⁻².</param>
    /// <param name="right">b, that is A m.</param>
    /// <param name="stiffness">s.</param>
    /// <param name="restoring">r, in px⁻².</param>
    public static NodeField Solve(NodeCurvature curvature, NodeField right, Stiffness stiffness, double restoring)
    {
        var (rows, columns) = (right.Rows, right.Columns);
        var result = new NodeField(rows, columns);
        double[] u = new double[2 * right.Count], residual = [.. right.Y, .. right.X], scaled = new double[u.Length], product = new double[u.Length];
        var diagonal = Diagonal();
        Scale(residual, scaled);
        double[] direction = [.. scaled];
        var energy = Dot(residual, scaled);
        var start = energy;
        for (var i = 0; i < MaximumIterations && energy > Tolerance * Tolerance * start; i++)
        {
            Multiply(direction, product);
            var step = energy / Dot(direction, product);
            for (var k = 0; k < u.Length; k++)
            {
                u[k] += step * direction[k];
                residual[k] -= step * product[k];
            }

            Scale(residual, scaled);
            var next = Dot(residual, scaled);
            for (var k = 0; k < u.Length; k++)
            {
                direction[k] = scaled[k] + (next / energy * direction[k]);
            }

            energy = next;
        }

        u.AsSpan(0, right.Count).CopyTo(result.Y);
        u.AsSpan(right.Count).CopyTo(result.X);
        return result;

        double[] Diagonal()
        {
            var values = new double[2 * right.Count];
            for (var k = 0; k < right.Count; k++)
            {
                var (r, c) = Math.DivRem(k, columns);
                var held = restoring + (stiffness.Y * ((r > 0 ? 1 : 0) + (r + 1 < rows ? 1 : 0)))
                    + (stiffness.X * ((c > 0 ? 1 : 0) + (c + 1 < columns ? 1 : 0))) + double.Epsilon;
                values[k] = curvature.YY[k] + held;
                values[right.Count + k] = curvature.XX[k] + held;
            }

            return values;
        }

        void Scale(double[] from, double[] to)
        {
            for (var k = 0; k < from.Length; k++)
            {
                to[k] = diagonal[k] > double.Epsilon ? from[k] / diagonal[k] : 0;
            }
        }

        void Multiply(double[] from, double[] to)
        {
            var n = right.Count;
            for (var k = 0; k < n; k++)
            {
                to[k] = (curvature.YY[k] * from[k]) + (curvature.YX[k] * from[n + k]) + (restoring * from[k]);
                to[n + k] = (curvature.YX[k] * from[k]) + (curvature.XX[k] * from[n + k]) + (restoring * from[n + k]);
            }

            for (var part = 0; part < 2 * n; part += n)
            {
                for (var r = 0; r < rows; r++)
                {
                    for (var c = 0; c < columns; c++)
                    {
                        var k = part + (r * columns) + c;
                        if (c + 1 < columns)
                        {
                            var d = stiffness.X * (from[k] - from[k + 1]);
                            (to[k], to[k + 1]) = (to[k] + d, to[k + 1] - d);
                        }

                        if (r + 1 < rows)
                        {
                            var d = stiffness.Y * (from[k] - from[k + columns]);
                            (to[k], to[k + columns]) = (to[k] + d, to[k + columns] - d);
                        }
                    }
                }
            }
        }
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}

/// <summary>How well displacements are known at nodes: a symmetric 2×2 matrix for each, in px⁻².</summary>
internal sealed record NodeCurvature(double[] YY, double[] YX, double[] XX);

/// <summary>How strongly neighbouring nodes hold each other, in px⁻².</summary>
/// <param name="Y">Nodes above each other.</param>
/// <param name="X">Nodes beside each other.</param>
internal readonly record struct Stiffness(double Y, double X)
{
    /// <summary>Of nodes that may differ the more the further they are apart.</summary>
    /// <param name="y">Nodes along y.</param>
    /// <param name="x">Nodes along x.</param>
    /// <param name="slope">How much they may differ, in px for each px between them.</param>
    public static Stiffness Of(AxisGrid y, AxisGrid x, double slope) => new(1 / Math.Pow(slope * y.Spacing, 2), 1 / Math.Pow(slope * x.Spacing, 2));
}
