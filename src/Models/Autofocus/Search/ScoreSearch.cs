namespace InferenceBridge.Models;

/// <summary>
/// Climbs the score: looks to both sides in growing steps until it has fallen on both, then halves what lies between, and ends where a frame at
/// the maximum of the fitted curve is as sharp as the curve says.
/// </summary>
internal static class ScoreSearch
{
    // On a slope steps grow by this, and to this many first steps. Where there is none they do not: a peak must not be stepped over.
    private const double Growth = 1.5;
    private const double LargestGrowth = 2;

    // Part of the highest score that a curve without a peak may vary by.
    private const double Flat = 0.03;

    // Places from which on a peak can be told from noise; nothing is decided before.
    private const int Enough = 7;

    // Part of the curve's height that counts as having fallen.
    private const double Fall = 0.1;

    // Between frames this many tolerances apart, a parabola is exact enough.
    private const double FineGaps = 4;

    // Part of the curve's height by which the confirming frame may lie below the best.
    private const double Shortfall = 0.1;

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
        var highest = Math.Abs(curve.Scores[curve.Best]);
        var isFlat = curve.Contrast <= Flat * highest || (curve.Count >= Enough && !curve.HasPeak);
        var drop = Math.Max(Fall * curve.Contrast, Flat * highest / 2);
        var (below, above) = isFlat ? (-1, -1) : (curve.Fallen(-1, drop), curve.Fallen(1, drop));
        if (below < 0 || above < 0)
        {
            return Widen(curve, points, window, options, (firstStep, firstWay), isFlat, below, above);
        }

        var step = Narrow(curve, points[^1], options);
        return step.Kind == ScoreStepKind.Confirmed && curve.Count < Enough ? More(curve, window, options, firstStep) ?? step : step;
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
        ScoreCurve curve, IReadOnlyList<SearchPoint> points, FocusWindow window, FocusSearchOptions options, (double Step, int Way) first,
        bool isFlat, int below, int above)
    {
        var edge = options.Tolerance / 4;
        var (lowest, highest) = (curve.Z[0], curve.Z[^1]);
        var (mayLower, mayRaise) = (lowest - window.Low > edge, window.High - highest > edge);
        int way;
        if (curve.Count == 1)
        {
            way = first.Way;
        }
        else if (isFlat)
        {
            // On to the end, then to the other.
            way = points[^1].Z >= points[^2].Z ? 1 : -1;
        }
        else
        {
            way = above < 0 && (below >= 0 || curve.Best >= curve.Count / 2) ? 1 : -1;
        }

        if (way > 0 ? !mayRaise : !mayLower)
        {
            // A slope may lead away from a narrow peak: a limit is the sharpest place only if all others have been looked at.
            var isAtEnd = curve.Best == (way > 0 ? curve.Count - 1 : 0);
            way = -way;
            if (way > 0 ? !mayRaise : !mayLower)
            {
                return isFlat ? new ScoreStep(ScoreStepKind.Nothing, curve.Z[curve.Best])
                    : isAtEnd ? new ScoreStep(ScoreStepKind.AtTheLimit, curve.Z[curve.Best])
                    : Narrow(curve, points[^1], options);
            }
        }

        var end = way > 0 ? highest : lowest;
        var gap = curve.Count == 1 ? 0 : way > 0 ? highest - curve.Z[^2] : curve.Z[1] - lowest;
        var step = isFlat ? first.Step : Math.Clamp(gap * Growth, first.Step, LargestGrowth * first.Step);
        return new ScoreStep(ScoreStepKind.Look, window.Clamp(end + (way * step)));
    }

    private static ScoreStep Narrow(ScoreCurve curve, SearchPoint last, FocusSearchOptions options)
    {
        var best = curve.Best;
        var (left, right) = (Math.Max(best - 1, 0), Math.Min(best + 1, curve.Count - 1));
        var (gapBelow, gapAbove) = (curve.Z[best] - curve.Z[left], curve.Z[right] - curve.Z[best]);
        var fine = FineGaps * options.Tolerance;
        if (gapBelow <= fine && gapAbove <= fine)
        {
            var (peak, deviation) = CurveTop.Find(curve, 2 * fine);
            var reached = Math.Abs(last.Z - peak) <= options.Tolerance / 2 && !last.IsEmpty;
            return reached && last.Score >= curve.Scores[best] - (Shortfall * curve.Contrast)
                ? new ScoreStep(ScoreStepKind.Confirmed, peak, deviation)
                : reached ? Between(curve, left, best, right) : new ScoreStep(ScoreStepKind.Look, peak);
        }

        return Between(curve, left, best, right);
    }

    // The middle of the wider gap beside the best.
    private static ScoreStep Between(ScoreCurve curve, int left, int best, int right) =>
        new(ScoreStepKind.Look, curve.Z[best] - curve.Z[left] > curve.Z[right] - curve.Z[best]
            ? (curve.Z[left] + curve.Z[best]) / 2
            : (curve.Z[right] + curve.Z[best]) / 2);
}
