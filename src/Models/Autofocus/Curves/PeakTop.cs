namespace InferenceBridge.Models;

/// <summary>The top of a focus curve: what the fits to its points say together.</summary>
internal sealed class PeakTop
{
    private readonly PeakFit _best;
    private readonly double _floor;
    private readonly double _unit;

    private PeakTop(SortedCurve curve, int first, int last, double margin, int many)
    {
        (First, Last) = (first, last);
        (From, To) = (curve.Z[first], curve.Z[last]);
        _floor = curve.Lowest - (margin * curve.Range);
        _unit = curve.Highest - _floor;
        double[] at = [.. curve.Z[first..(last + 1)].Select(Scaled)];
        double[] heights = [.. curve.Scores[first..(last + 1)].Select(score => (score - _floor) / _unit)];
        int[] degrees = at.Length >= many ? [2, 3] : [2];
        var fits = degrees
            .SelectMany(degree => Enum.GetValues<PeakShape>().Select(shape => PeakFit.Of(at, heights, shape, degree, curve.Noise / _unit)))
            .OrderBy(fit => fit.Criterion)
            .ToArray();
        _best = fits[0];
        (Z, Variance) = Averaged(fits.Where(IsInside).ToArray());
    }

    /// <summary>First point, as an index.</summary>
    public int First { get; }

    /// <summary>Last point.</summary>
    public int Last { get; }

    public int Count => Last - First + 1;

    /// <summary>Position of the first point.</summary>
    public double From { get; }

    /// <summary>Position of the last point.</summary>
    public double To { get; }

    /// <summary>Mean distance of the points.</summary>
    public double Spacing => (To - From) / (Count - 1);

    /// <summary>The maximum.</summary>
    public double Z { get; }

    /// <summary>Its variance by the fits, and by how far they disagree.</summary>
    public double Variance { get; }

    /// <summary>Fits the points; null where there are fewer than three, or the best fit has no maximum between the first and the last of them.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="window">First and last point, as indices.</param>
    /// <param name="many">Points from which on skewed shapes are fitted too.</param>
    /// <param name="margin">How far below the lowest score the base lies, as a share of the scores' range.</param>
    public static PeakTop? Of(SortedCurve curve, (int First, int Last) window, int many, double margin)
    {
        if (window.Last - window.First < 2)
        {
            return null;
        }

        var top = new PeakTop(curve, window.First, window.Last, margin, many);
        return IsInside(top._best) ? top : null;
    }

    /// <summary>Score of the best fit.</summary>
    public double Score(double z) => _floor + (_unit * _best.Height(Scaled(z)));

    private (double Z, double Variance) Averaged(PeakFit[] fits)
    {
        if (fits.Length == 0)
        {
            return ((From + To) / 2, double.PositiveInfinity);
        }

        var weights = fits.Select(fit => Math.Exp((fits[0].Criterion - fit.Criterion) / 2)).ToArray();
        var total = weights.Sum();
        var z = fits.Zip(weights, (fit, weight) => weight * fit.Vertex!.Value).Sum() / total;
        var variance = fits.Zip(weights, (fit, weight) => weight * (fit.Variance + Math.Pow(fit.Vertex!.Value - z, 2))).Sum() / total;
        var half = (To - From) / 2;
        return (((From + To) / 2) + (half * z), half * half * variance);
    }

    private double Scaled(double z) => (z - ((From + To) / 2)) / ((To - From) / 2);

    private static bool IsInside(PeakFit fit) => fit.Vertex is >= -1 and <= 1 && double.IsFinite(fit.Variance);
}
