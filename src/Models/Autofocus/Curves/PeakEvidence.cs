namespace InferenceBridge.Models;

/// <summary>Tells a peak from noise: how much of the scores' variance a single bell over a constant explains, of any place and width.</summary>
internal static class PeakEvidence
{
    private const int Centres = 200;
    private const double WidthRatio = 1.6;

    /// <summary>The share of the variance that the best bell explains, 0 to 1; bells upside down do not count.</summary>
    /// <param name="z">Different positions, ascending, at least 3.</param>
    /// <param name="scores">Scores there, not all equal.</param>
    public static double Explained(double[] z, double[] scores)
    {
        var range = z[^1] - z[0];
        var mean = scores.Average();
        var total = scores.Sum(score => (score - mean) * (score - mean));
        var bell = new double[z.Length];
        var best = 0.0;
        var stride = Math.Max(1, 2 * z.Length / Centres);
        for (var place = 0; place < (2 * z.Length) - 1; place += stride)
        {
            var centre = (z[place / 2] + z[(place + 1) / 2]) / 2;
            for (var width = 0.5 * range / (z.Length - 1); width < range; width *= WidthRatio)
            {
                for (var i = 0; i < bell.Length; i++)
                {
                    var from = (z[i] - centre) / width;
                    bell[i] = Math.Exp(-from * from / 2);
                }

                best = Math.Max(best, Share(bell, scores, mean));
            }
        }

        return total > 0 ? best / total : 0;
    }

    // What regressing the scores on the bell takes off their sum of squares.
    private static double Share(double[] bell, double[] scores, double mean)
    {
        var level = bell.Average();
        var (squares, products) = (0.0, 0.0);
        for (var i = 0; i < bell.Length; i++)
        {
            squares += (bell[i] - level) * (bell[i] - level);
            products += (bell[i] - level) * (scores[i] - mean);
        }

        return products > 0 && squares > 0 ? products * products / squares : 0;
    }
}
