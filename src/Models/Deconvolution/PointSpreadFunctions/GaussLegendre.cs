namespace InferenceBridge.Models;

/// <summary>Gauss–Legendre quadrature, exact for polynomials up to degree 2n − 1.</summary>
internal static class GaussLegendre
{
    /// <summary>Nodes in ascending order and weights for an integral from 0 to <paramref name="end"/>.</summary>
    public static (double[] Nodes, double[] Weights) From0To(double end, int count)
    {
        var (nodes, weights) = (new double[count], new double[count]);
        for (var i = 0; i < (count + 1) / 2; i++)
        {
            // Newton's method from Tricomi's estimate of the root of the Legendre polynomial.
            var x = Math.Cos(Math.PI * (i + 0.75) / (count + 0.5));
            var derivative = 0.0;
            for (var change = 1.0; Math.Abs(change) > 1e-15;)
            {
                (var value, derivative) = Legendre(count, x);
                change = value / derivative;
                x -= change;
                if (Math.Abs(change) < 1e-14)
                {
                    break;
                }
            }

            derivative = Legendre(count, x).Derivative;
            var weight = 2 / ((1 - (x * x)) * derivative * derivative);
            (nodes[i], nodes[count - 1 - i]) = (end * (1 - x) / 2, end * (1 + x) / 2);
            weights[i] = weights[count - 1 - i] = end * weight / 2;
        }

        return (nodes, weights);
    }

    private static (double Value, double Derivative) Legendre(int degree, double x)
    {
        var (previous, value) = (1.0, x);
        for (var k = 2; k <= degree; k++)
        {
            (previous, value) = (value, ((((2 * k) - 1) * x * value) - ((k - 1) * previous)) / k);
        }

        return (value, degree * ((x * value) - previous) / ((x * x) - 1));
    }
}
