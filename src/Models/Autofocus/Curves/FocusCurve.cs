namespace InferenceBridge.Models;

/// <summary>Finds the maximum of the scores of a focal stack, to parts of the distance of its planes, and how sure that is.</summary>
/// <remarks>
/// The highest point of the curve, smoothed where there are seven or more positions, marks the peak. The points around it that stand above half of
/// its height, at least two on each side, are fitted with a parabola, a Gaussian and a Lorentzian, and from seven points on also with
/// skewed ones; the position is their mean by Akaike's weights, and its uncertainty has both each fit's own, from residuals and curvature,
/// and how far the fits disagree (Burnham and Anderson 2002, section 4.3). Scaling or shifting positions or scores changes nothing else.
/// </remarks>
public static class FocusCurve
{
    private const int SmoothedFrom = 7;
    private const double WindowHeight = 0.5;
    private const int WindowReach = 2;

    // Below the lowest score, so that the logarithm of no height is without bound.
    private const double BaseMargin = 0.05;

    /// <summary>Finds the maximum.</summary>
    /// <param name="points">In any order; several may share a position.</param>
    /// <exception cref="ArgumentException">A position or score is not finite.</exception>
    public static FocusPeak Find(IReadOnlyList<FocusPoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Any(point => !double.IsFinite(point.Z) || !double.IsFinite(point.Score)))
        {
            throw new ArgumentException("A position or a score is not finite; accepted: finite numbers.", nameof(points));
        }

        var curve = new SortedCurve(points, SmoothedFrom);
        if (curve.BestIndex < 0)
        {
            return new FocusPeak(FocusPeakKind.None, 0, null, 0, -1);
        }

        var best = points[curve.BestIndex];
        var nowhere = new FocusPeak(FocusPeakKind.None, best.Z, null, best.Score, curve.BestIndex);
        if (!curve.HasPeak)
        {
            return nowhere;
        }

        var peak = curve.Count > 2 ? Fitted(curve) : null;
        return peak ?? nowhere with { Kind = curve.Summit == 0 ? FocusPeakKind.AtLowerEnd : curve.Summit == curve.Count - 1 ? FocusPeakKind.AtUpperEnd : FocusPeakKind.None };
    }

    // Null where the fits put the maximum outside, or find none.
    private static FocusPeak? Fitted(SortedCurve curve)
    {
        var (first, last) = curve.Window(WindowHeight, WindowReach);
        var (from, to) = (curve.Z[first], curve.Z[last]);
        var (middle, half) = ((from + to) / 2, (to - from) / 2);
        var floor = curve.Lowest - (BaseMargin * curve.Range);
        var unit = curve.Highest - floor;
        double[] at = [.. Enumerable.Range(first, last - first + 1).Select(i => (curve.Z[i] - middle) / half)];
        double[] heights = [.. Enumerable.Range(first, last - first + 1).Select(i => (curve.Scores[i] - floor) / unit)];
        if (at.Length < 3)
        {
            return null;
        }

        int[] degrees = at.Length >= SmoothedFrom ? [2, 3] : [2];
        var fits = degrees.SelectMany(degree => Enum.GetValues<PeakShape>().Select(shape => PeakFit.Of(at, heights, shape, degree))).OrderBy(fit => fit.Criterion).ToArray();
        if (!IsInside(fits[0]))
        {
            return null;
        }

        var (z, variance) = Averaged(fits);
        var (position, deviation) = (middle + (half * z), half * Math.Sqrt(variance));
        if (curve.Summit is 0 && position - deviation <= from || curve.Summit == curve.Count - 1 && position + deviation >= to)
        {
            return null;
        }

        double Score(double x) => floor + (unit * fits[0].Height(x));
        return new FocusPeak(FocusPeakKind.Inside, position, deviation, Score(z), curve.BestIndex)
        {
            SideMaximum = curve.SideMaximum(first, last),
            Fit = [.. Enumerable.Range(-50, 101).Select(i => new FocusPoint(middle + (half * i / 50), Score(i / 50.0)))],
        };
    }

    private static (double Z, double Variance) Averaged(PeakFit[] fits)
    {
        var used = fits.Where(IsInside).Select(fit => (Fit: fit, Weight: Math.Exp((fits[0].Criterion - fit.Criterion) / 2))).ToArray();
        var total = used.Sum(one => one.Weight);
        var z = used.Sum(one => one.Weight * one.Fit.Vertex!.Value) / total;
        return (z, used.Sum(one => one.Weight * (one.Fit.Variance + Math.Pow(one.Fit.Vertex!.Value - z, 2))) / total);
    }

    private static bool IsInside(PeakFit fit) => fit.Vertex is >= -1 and <= 1 && double.IsFinite(fit.Variance);
}
