namespace InferenceBridge.Imaging;

/// <summary>
/// Poisson numbers: inversion for small means, beyond that the transformed rejection PTRS of Hörmann (Insurance:
/// Mathematics and Economics 12, 1993).
/// </summary>
internal static class PoissonSampler
{
    private const double LargestInverted = 12;

    private static readonly double[] LogFactorials = MakeLogFactorials();

    internal static double Next(SeededRandom random, double mean) =>
        mean <= 0 ? 0 : mean <= LargestInverted ? Invert(random, mean) : Reject(random, mean);

    private static double Invert(SeededRandom random, double mean)
    {
        var rest = random.NextUniform();
        var probability = Math.Exp(-mean);
        var count = 0;

        // Probabilities add up to 1 less rounding: the bound stops a number that falls into that gap.
        while (rest > probability && count < 200)
        {
            rest -= probability;
            count++;
            probability *= mean / count;
        }

        return count;
    }

    private static double Reject(SeededRandom random, double mean)
    {
        var b = 0.931 + (2.53 * Math.Sqrt(mean));
        var a = -0.059 + (0.02483 * b);
        var inverseAlpha = 1.1239 + (1.1328 / (b - 3.4));
        var accepted = 0.9277 - (3.6224 / (b - 2));
        while (true)
        {
            var u = random.NextUniform() - 0.5;
            var v = random.NextUniform();
            var us = 0.5 - Math.Abs(u);
            if (us <= 0)
            {
                continue;
            }

            var count = Math.Floor((((2 * a / us) + b) * u) + mean + 0.43);
            if (us >= 0.07 && v <= accepted)
            {
                return count;
            }

            if (count < 0 || (us < 0.013 && v > us))
            {
                continue;
            }

            if (Math.Log(v * inverseAlpha / ((a / (us * us)) + b)) <= (count * Math.Log(mean)) - mean - LogFactorial(count))
            {
                return count;
            }
        }
    }

    private static double LogFactorial(double n) => n < LogFactorials.Length
        ? LogFactorials[(int)n]
        : ((n + 0.5) * Math.Log(n)) - n + (0.5 * Math.Log(2 * Math.PI)) + (1 / (12 * n)) - (1 / (360 * n * n * n));

    private static double[] MakeLogFactorials()
    {
        var values = new double[32];
        for (var i = 1; i < values.Length; i++)
        {
            values[i] = values[i - 1] + Math.Log(i);
        }

        return values;
    }
}
