namespace InferenceBridge.Models;

/// <summary>Finds the maximum of the scores of a focal stack, to parts of the distance of its planes, and how sure that is.</summary>
/// <remarks>
/// The highest point of the curve, smoothed where there are seven or more positions, marks the peak; from nine positions on only if a bell
/// explains more of the scores than it does of noise. The points around it that stand above half of its height, at least two on each side, are fitted with a parabola, a Gaussian and a
/// Lorentzian, and from seven points on also with skewed ones. The position is their mean by Akaike's weights; its uncertainty has each fit's
/// own, from residuals and curvature, how far the fits disagree (Burnham and Anderson 2002, section 4.3), and how far they disagree with fits to the
/// upper quarter. Scaling or shifting positions or scores changes nothing else.
/// </remarks>
public static class FocusCurve
{
    private const int Many = 7;
    private const double Half = 0.5;
    private const double UpperQuarter = 0.75;

    // Below the lowest score, so that the logarithm of no height is without bound.
    private const double BaseMargin = 0.05;

    // What the shape of a curve of few points may be off, as a share of their distance.
    private const double FewPointsError = 0.05;

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

        var curve = new SortedCurve(points, Many);
        if (curve.BestIndex < 0)
        {
            return new FocusPeak(FocusPeakKind.None, 0, null, 0, -1);
        }

        var best = points[curve.BestIndex];
        var unfitted = new FocusPeak(FocusPeakKind.None, best.Z, null, best.Score, curve.BestIndex);
        if (!curve.HasPeak)
        {
            return unfitted;
        }

        var kind = curve.Summit == 0 ? FocusPeakKind.AtLowerEnd : curve.Summit == curve.Count - 1 ? FocusPeakKind.AtUpperEnd : FocusPeakKind.None;
        return Fitted(curve) ?? unfitted with { Kind = kind };
    }

    // Null where the fits put the maximum outside, or find none.
    private static FocusPeak? Fitted(SortedCurve curve)
    {
        if (PeakTop.Of(curve, curve.Window(Half, 2), Many, BaseMargin) is not { } wide)
        {
            return null;
        }

        var (z, variance) = (wide.Z, wide.Variance);
        if (wide.Count < Many)
        {
            variance += Math.Pow(FewPointsError * wide.Spacing, 2);
        }
        else if (PeakTop.Of(curve, curve.Window(UpperQuarter, 2), Many, BaseMargin) is { } narrow)
        {
            // Where the curve is not as any of the shapes, the top tells better than the flanks.
            var apart = narrow.Z - wide.Z;
            var flanksMislead = apart * apart > 4 * narrow.Variance;
            (z, variance) = flanksMislead ? (narrow.Z, narrow.Variance) : (z, variance);
            variance += apart * apart / 4;
        }

        var deviation = Math.Sqrt(variance);
        if ((curve.Summit == 0 && z - deviation <= curve.Z[0]) || (curve.Summit == curve.Count - 1 && z + deviation >= curve.Z[^1]))
        {
            return null;
        }

        return new FocusPeak(FocusPeakKind.Inside, z, deviation, wide.Score(z), curve.BestIndex)
        {
            SideMaximum = curve.SideMaximum(wide.First, wide.Last),
            Fit = [.. Enumerable.Range(0, 101).Select(i => wide.From + ((wide.To - wide.From) * i / 100)).Select(x => new FocusPoint(x, wide.Score(x)))],
        };
    }
}
