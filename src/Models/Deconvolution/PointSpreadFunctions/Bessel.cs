namespace InferenceBridge.Models;

/// <summary>The Bessel function of order 0.</summary>
internal static class Bessel
{
    // Where both expansions are good to about 1e-11.
    private const double Crossing = 12;

    /// <summary>J₀(x), within 1e-10.</summary>
    public static double J0(double x)
    {
        x = Math.Abs(x);
        return x < Crossing ? PowerSeries(x) : Asymptotic(x);
    }

    private static double PowerSeries(double x)
    {
        var quarter = x * x / 4;
        var (term, sum) = (1.0, 1.0);
        for (var k = 1; Math.Abs(term) > 1e-17 || k < quarter; k++)
        {
            term *= -quarter / ((double)k * k);
            sum += term;
        }

        return sum;
    }

    /// <summary>Hankel's expansion, ended where its terms are least (Abramowitz and Stegun 9.2.5).</summary>
    private static double Asymptotic(double x)
    {
        var (p, q, term) = (1.0, 0.0, 1.0);
        for (var k = 1; k < 100; k++)
        {
            var odd = (2 * k) - 1;
            var next = term * -(odd * odd) / (8.0 * k * x);
            if (Math.Abs(next) >= Math.Abs(term) || Math.Abs(next) < 1e-17)
            {
                break;
            }

            term = next;
            var sign = (k / 2) % 2 == 0 ? 1 : -1;
            (p, q) = k % 2 == 0 ? (p + (sign * term), q) : (p, q + (sign * term));
        }

        var phase = x - (Math.PI / 4);
        return Math.Sqrt(2 / (Math.PI * x)) * ((p * Math.Cos(phase)) - (q * Math.Sin(phase)));
    }
}
