namespace InferenceBridge.Models;

/// <summary>The Bessel function of order 0 by linear interpolation in a table: within 1e-6 of it, and many times faster.</summary>
internal static class BesselTable
{
    private const double Largest = 400;
    private const int PerUnit = 400;

    private static readonly Lazy<double[]> Values = new(() =>
    {
        var values = new double[(int)(Largest * PerUnit) + 2];
        Parallel.For(0, values.Length, i => values[i] = Bessel.J0(i / (double)PerUnit));
        return values;
    });

    /// <summary>J₀(x) for x of 0 and above.</summary>
    public static double J0(double x)
    {
        if (x >= Largest)
        {
            return Bessel.J0(x);
        }

        var at = x * PerUnit;
        var index = (int)at;
        var values = Values.Value;
        return values[index] + ((at - index) * (values[index + 1] - values[index]));
    }
}
