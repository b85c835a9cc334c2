namespace InferenceBridge.Models;

/// <summary>Scores in the order of their positions, those that share a position put together, and what stands out of them.</summary>
internal sealed class SortedCurve
{
    private const double MedianToDeviation = 1.4826;

    // Of fewer positions, a bell explains noise about as well as a curve.
    private const int TestedFrom = 9;

    // Other maxima of less than this share of the peak are not worth telling.
    private const double LeastSide = 0.05;

    private readonly double[] _smoothed;

    /// <param name="points">In any order, finite.</param>
    /// <param name="smoothedFrom">Positions from which on the curve is smoothed to find its summit.</param>
    public SortedCurve(IReadOnlyList<FocusPoint> points, int smoothedFrom)
    {
        var groups = points.GroupBy(point => point.Z).OrderBy(group => group.Key).ToArray();
        Z = [.. groups.Select(group => group.Key)];
        Scores = [.. groups.Select(group => group.Average(point => point.Score))];
        BestIndex = points.Count == 0 ? -1 : Enumerable.Range(0, points.Count).MaxBy(i => points[i].Score);
        _smoothed = Count < smoothedFrom ? Scores : Smoothed(Scores);
        Summit = Count == 0 ? -1 : Enumerable.Range(0, Count).MaxBy(i => _smoothed[i]);
        (Lowest, Highest) = Count == 0 ? (0, 0) : (Scores.Min(), Scores.Max());
        var isFlat = Range <= 1e-9 * Math.Max(Math.Abs(Lowest), Math.Abs(Highest));
        HasPeak = Count > 1 && !isFlat && (Count < TestedFrom || PeakEvidence.Explained(Z, Scores) > NoiseShare(Count));
        Noise = Count < smoothedFrom ? null : Unevenness(Z, Scores);
    }

    /// <summary>Different positions, ascending.</summary>
    public double[] Z { get; }

    /// <summary>Scores there.</summary>
    public double[] Scores { get; }

    /// <summary>Number of positions.</summary>
    public int Count => Z.Length;

    /// <summary>Which of the points as given has the highest score; −1 without points.</summary>
    public int BestIndex { get; }

    /// <summary>Position, as an index, where the smoothed curve is highest.</summary>
    public int Summit { get; }

    public double Lowest { get; }

    public double Highest { get; }

    public double Range => Highest - Lowest;

    /// <summary>Whether the scores are more than a constant or noise.</summary>
    public bool HasPeak { get; }

    /// <summary>Standard deviation of the scores' noise, by how far points lie off the line between their neighbours; null where there are too few.</summary>
    public double? Noise { get; }

    /// <summary>The positions around the summit above a share of its height, and at least some on each side, where there are.</summary>
    public (int First, int Last) Window(double height, int reach)
    {
        var least = Lowest + (height * (_smoothed[Summit] - Lowest));
        var (first, last) = (Summit, Summit);
        while (first > 0 && (_smoothed[first - 1] >= least || Summit - first < reach))
        {
            first--;
        }

        while (last < Count - 1 && (_smoothed[last + 1] >= least || last - Summit < reach))
        {
            last++;
        }

        return (first, last);
    }

    /// <summary>The highest maximum outside of a window, as a share of the summit's height above the lowest score; 0 for none.</summary>
    public double SideMaximum(int first, int last)
    {
        var share = 0.0;
        for (var i = 1; i < Count - 1; i++)
        {
            if ((i < first || i > last) && _smoothed[i] > _smoothed[i - 1] && _smoothed[i] >= _smoothed[i + 1])
            {
                share = Math.Max(share, (_smoothed[i] - Lowest) / (_smoothed[Summit] - Lowest));
            }
        }

        return share >= LeastSide ? share : 0;
    }

    private static double[] Smoothed(double[] scores)
    {
        double At(int i) => scores[Math.Clamp(i, 0, scores.Length - 1)];
        return [.. scores.Select((score, i) => (At(i - 1) + (2 * score) + At(i + 1)) / 4)];
    }

    // The share that a bell explains of white noise in 99 of 100 cases, from simulations of 5 to 100 positions.
    private static double NoiseShare(int count) => 1 - Math.Exp(-(9.5 + (1.5 * Math.Log(count))) / (count - 3));

    private static double Unevenness(double[] z, double[] scores)
    {
        var offs = new double[z.Length - 2];
        for (var i = 1; i < z.Length - 1; i++)
        {
            var part = (z[i] - z[i - 1]) / (z[i + 1] - z[i - 1]);
            var off = scores[i] - ((1 - part) * scores[i - 1]) - (part * scores[i + 1]);
            offs[i - 1] = Math.Abs(off) / Math.Sqrt(1 + (part * part) + ((1 - part) * (1 - part)));
        }

        return MedianToDeviation * Median(offs);
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
