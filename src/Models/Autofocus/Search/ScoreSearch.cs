namespace InferenceBridge.Models;

/// <summary>
/// Climbs the score: scans where it tells nothing (<see cref="ScoreScan"/>), looks to both sides in growing steps until it has fallen on both, then between,
/// and ends where the fitted curve is borne out by frames.
/// </summary>
internal static class ScoreSearch
{
    // On a slope steps grow by this, and to this many first steps.
    private const double Growth = 1.5;
    private const double LargestGrowth = 2;

    // Part of the highest score that a curve without a peak may vary by.
    private const double Flat = 0.03;

    // Places from which on a peak can be told from noise where tiles cannot tell; nothing is decided before.
    private const int Enough = 7;

    // Part of the curve's height that counts as having fallen.
    private const double Fall = 0.1;

    // Between frames this many tolerances apart, a parabola is exact enough.
    private const double FineGaps = 3;

    // How many tolerances beside the best a wide gap is looked into.
    private const double Beside = 2.5;

    // Part of the curve's height by which the confirming frame may lie below the best.
    private const double Shortfall = 0.1;

    // A frame that stands out alone may be a flash of light; two of such height are no chance.
    private const double Half = 0.5;
    private const int Trusted = 2;

    // Part of the tolerance that the deviation of a maximum may be that no further frame confirms.
    private const double Exact = 0.4;

    /// <summary>Finds the next step.</summary>
    /// <param name="points">Frames so far, at least one; the last is where the stage is.</param>
    /// <param name="window">Where it may go.</param>
    /// <param name="options">Steps and tolerance.</param>
    /// <param name="firstStep">First step in µm.</param>
    /// <param name="firstWay">1 to look up first, −1 down.</param>
    public static ScoreStep Next(IReadOnlyList<SearchPoint> points, FocusWindow window, FocusSearchOptions options, double firstStep, int firstWay)
    {
        // Where enough frames are where they say, those that may not be do not count.
        const int enough = 3;
        SearchPoint[] seated = [.. points.Where(point => point.Slack == 0)];
        var curve = new ScoreCurve(seated.Length >= enough ? seated : points, options.Tolerance / 4);
        var highest = Math.Abs(curve.Highest);
        var (isSeen, isJudged) = (curve.KnowsNoise && curve.IsSeen, curve.Count >= Enough);
        if (curve.Contrast <= Flat * highest || (!isSeen && (isJudged ? !curve.HasPeak : curve.KnowsNoise)))
        {
            return ScoreScan.Next(curve, points, window, options, firstStep, firstWay);
        }

        var drop = Math.Max(Fall * curve.Contrast, Flat * highest / 2);
        var (below, above) = (curve.Fallen(-1, drop, isSeen), curve.Fallen(1, drop, isSeen));
        if (below < 0 || above < 0)
        {
            return Widen(curve, points[^1], window, options, firstStep, (below, above));
        }

        var isSure = isSeen && curve.IsSure;
        if (isSure || (isJudged && curve.HasPeak))
        {
            return Narrow(curve, points[^1], options, (below, above), isSure);
        }

        return isJudged ? ScoreScan.Next(curve, points, window, options, firstStep, firstWay)
            : Nearer(curve, options) ?? More(curve, window, options, firstStep) ?? Narrow(curve, points[^1], options, (below, above), false);
    }

    // A place farther out, on the side that has fewer; null where there is no room.
    private static ScoreStep? More(ScoreCurve curve, FocusWindow window, FocusSearchOptions options, double step)
    {
        var (low, high) = (window.Clamp(curve.Z[0] - step), window.Clamp(curve.Z[^1] + step));
        var (mayLower, mayRaise) = (curve.Z[0] - low > options.Tolerance / 4, high - curve.Z[^1] > options.Tolerance / 4);
        return !mayLower && !mayRaise ? null
            : new ScoreStep(ScoreStepKind.Look, mayLower && (!mayRaise || curve.Best < curve.Count - 1 - curve.Best) ? low : high);
    }

    // Goes on where the score has not fallen yet.
    private static ScoreStep Widen(
        ScoreCurve curve, SearchPoint last, FocusWindow window, FocusSearchOptions options, double firstStep, (int Below, int Above) fallen)
    {
        var edge = options.Tolerance / 4;
        var (lowest, highest) = (curve.Z[0], curve.Z[^1]);
        var (mayLower, mayRaise) = (lowest - window.Low > edge, window.High - highest > edge);
        var way = fallen.Above < 0 && (fallen.Below >= 0 || curve.Best >= curve.Count / 2) ? 1 : -1;
        if (way > 0 ? !mayRaise : !mayLower)
        {
            // A slope may lead away from a narrow peak: a limit is the sharpest place only if all others have been looked at.
            var isAtEnd = curve.Best == (way > 0 ? curve.Count - 1 : 0);
            way = -way;
            if (way > 0 ? !mayRaise : !mayLower)
            {
                return isAtEnd ? new ScoreStep(ScoreStepKind.AtTheLimit, curve.Z[curve.Best]) : Narrow(curve, last, options, (curve.Best - 1, curve.Best + 1), false);
            }
        }

        var end = way > 0 ? highest : lowest;
        var gap = way > 0 ? highest - curve.Z[^2] : curve.Z[1] - lowest;
        return new ScoreStep(ScoreStepKind.Look, window.Clamp(end + (way * Math.Clamp(gap * Growth, firstStep, LargestGrowth * firstStep))));
    }

    private static ScoreStep Narrow(ScoreCurve curve, SearchPoint last, FocusSearchOptions options, (int Below, int Above) fallen, bool isSure)
    {
        if (Nearer(curve, options) is { } nearer)
        {
            return nearer;
        }

        var tolerance = options.Tolerance;
        var (peak, deviation) = CurveTop.Find(curve, 2 * FineGaps * tolerance, fallen);
        var reached = Math.Abs(last.Z - peak) <= tolerance / 2 && !last.IsEmpty;
        var isSharp = last.Score >= curve.Highest - (Shortfall * curve.Contrast);
        var isExact = isSure && deviation <= Exact * tolerance && Math.Abs(curve.Z[curve.Best] - peak) <= tolerance && curve.CountAbove(Half) >= Trusted;
        return (reached && isSharp) || isExact ? new ScoreStep(ScoreStepKind.Confirmed, peak, deviation, isSure)
            : reached ? Between(curve)
            : new ScoreStep(ScoreStepKind.Look, peak);
    }

    // A place in a gap beside the best that is too wide; null where both are fine.
    private static ScoreStep? Nearer(ScoreCurve curve, FocusSearchOptions options)
    {
        var (best, z) = (curve.Best, curve.Z);
        var (gapBelow, gapAbove) = (best > 0 ? z[best] - z[best - 1] : 0, best < curve.Count - 1 ? z[best + 1] - z[best] : 0);
        var (fine, widest) = (FineGaps * options.Tolerance, Math.Max(gapBelow, gapAbove));
        if (widest <= fine)
        {
            return null;
        }

        // The fit of a peak that is narrower than the gaps is a guess; but half of a wide gap is far from any peak.
        var (peak, _) = CurveTop.Find(curve, widest);
        var isKnown = Array.Exists(z, place => Math.Abs(place - peak) <= options.Tolerance / 2);
        var offset = Math.Abs(peak - z[best]) > options.Tolerance && !isKnown ? peak - z[best]
            : Math.Min(widest / 2, Beside * options.Tolerance) * (gapAbove >= gapBelow ? 1 : -1);
        return new ScoreStep(ScoreStepKind.Look, z[best] + offset);
    }

    // The middle of the wider gap beside the best.
    private static ScoreStep Between(ScoreCurve curve)
    {
        var (z, best) = (curve.Z, curve.Best);
        var (left, right) = (Math.Max(best - 1, 0), Math.Min(best + 1, curve.Count - 1));
        return new ScoreStep(ScoreStepKind.Look, z[best] - z[left] > z[right] - z[best] ? (z[left] + z[best]) / 2 : (z[right] + z[best]) / 2);
    }
}
