using InferenceBridge.Models.Networks;

namespace InferenceBridge.Models;

/// <summary>Reads an answer out of the probabilities of the classes.</summary>
internal static class DefocusPosterior
{
    // The side that is less likely may hold this part of what both hold, before the sign counts as open.
    private const double MostDoubt = 0.2;

    // Within this many classes of focus both signs are the same place, where so much of the probability lies there or in the next class.
    private const int NearFocus = 1;
    private const double LeastNearFocus = 0.5;

    // Classes at either side of the best that count as the same answer.
    private const int Near = 2;
    private const double LeastOutside = 0.5;

    /// <summary>The answer of a frame without structure.</summary>
    public static DefocusEstimate Empty { get; } = new(0, DefocusClasses.Largest, 0, false, 0, false, true, new float[DefocusClasses.Count]);

    /// <summary>The estimate of a frame.</summary>
    /// <param name="probabilities">Of the 41 classes, summing to 1.</param>
    public static DefocusEstimate Of(float[] probabilities)
    {
        var (below, above) = (Sum(probabilities, 0, DefocusClasses.Focused), Sum(probabilities, DefocusClasses.Focused + 1, DefocusClasses.Count));
        var sign = above >= below ? 1 : -1;
        var folded = Folded(probabilities, both: true);
        var isNearFocus = Array.IndexOf(folded, folded.Max()) <= NearFocus && folded.Take(NearFocus + 2).Sum() >= LeastNearFocus;
        var isOneSided = Math.Min(below, above) <= MostDoubt * (below + above);

        // The other sign's probability would only draw the answer towards focus.
        var side = Folded(probabilities, both: !isOneSided, sign);
        var best = Array.IndexOf(side, side.Max());
        var (distance, deviation) = Median(side, first: 0);
        distance = Math.Max(0, distance);
        var defocus = sign * distance;
        var signKnown = isOneSided || isNearFocus;
        if (signKnown && !isOneSided)
        {
            // Near focus both signs are the same place, which lies between them.
            (defocus, deviation) = Median(Array.ConvertAll(probabilities, value => (double)value), DefocusClasses.Micrometres[0]);
        }

        var total = side.Sum();
        var outside = probabilities[0] + probabilities[^1];
        return new DefocusEstimate(defocus, deviation, distance, signKnown, Sum(side, Math.Max(0, best - Near), Math.Min(side.Length, best + Near + 1)) / Math.Max(1, total),
            outside > LeastOutside, false, probabilities);
    }

    /// <summary>The class of distance, 0 to 20, that is most likely, whatever the sign.</summary>
    public static int DistanceClass(float[] probabilities)
    {
        var folded = Folded(probabilities, both: true);
        return Array.IndexOf(folded, folded.Max());
    }

    // By distance from focus: of both signs together, or of one.
    private static double[] Folded(float[] probabilities, bool both, int sign = 1)
    {
        var folded = new double[DefocusClasses.Focused + 1];
        for (var i = 0; i < folded.Length; i++)
        {
            var (same, other) = (probabilities[DefocusClasses.Focused + (sign * i)], probabilities[DefocusClasses.Focused - (sign * i)]);
            folded[i] = i > 0 && both ? same + other : same;
        }

        return folded;
    }

    // The answer of which the expected error is least; a mean would lie between two peaks, where neither is. With the root of the
    // mean square distance from it. A class's probability is spread evenly over its width.
    private static (double Median, double Deviation) Median(double[] classes, double first)
    {
        var (half, before, index) = (classes.Sum() / 2, 0.0, 0);
        while (before + classes[index] < half)
        {
            before += classes[index++];
        }

        var median = first + (DefocusClasses.Step * (index - 0.5 + ((half - before) / classes[index])));
        var square = classes.Select((probability, i) => probability * Math.Pow(first + (i * DefocusClasses.Step) - median, 2)).Sum() / (2 * half);
        return (median, Math.Sqrt(square + (DefocusClasses.Step * DefocusClasses.Step / 12)));
    }

    private static double Sum(float[] values, int from, int to)
    {
        var sum = 0.0;
        for (var i = from; i < to; i++)
        {
            sum += values[i];
        }

        return sum;
    }

    private static double Sum(double[] values, int from, int to) => values[from..to].Sum();
}
