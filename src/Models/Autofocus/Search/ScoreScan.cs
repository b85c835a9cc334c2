namespace InferenceBridge.Models;

/// <summary>
/// Scans for a peak where scores tell nothing yet: sweeps to both sides of the start in turn, each about twice as far out as the one before, in coarse steps;
/// then fills the gaps, those beside the highest scores first. A peak that is seen early costs few frames, and one that is narrow no more than an even scan.
/// </summary>
internal static class ScoreScan
{
    private const double Growth = 1.5;

    // Of the search step: the widest steps, and the widest gap that is left in the end.
    private const double Coarse = 2;
    private const double Finest = 1.25;

    // How much farther out a sweep goes than the other side.
    private const double Overreach = 2;

    /// <summary>Finds the next place.</summary>
    /// <param name="curve">Scores so far.</param>
    /// <param name="points">Their frames in the order in which they came; the last is where the stage is.</param>
    /// <param name="window">Where it may go.</param>
    /// <param name="options">Steps and tolerance.</param>
    /// <param name="firstStep">First step in µm.</param>
    /// <param name="firstWay">1 to look up first, −1 down.</param>
    public static ScoreStep Next(
        ScoreCurve curve, IReadOnlyList<SearchPoint> points, FocusWindow window, FocusSearchOptions options, double firstStep, int firstWay)
    {
        var edge = options.Tolerance / 4;
        var (lowest, highest, start) = (curve.Z[0], curve.Z[^1], points[0].Z);
        var (mayLower, mayRaise) = (lowest - window.Low > edge, window.High - highest > edge);
        if (!mayLower && !mayRaise)
        {
            return Fill(curve, options);
        }

        var way = curve.Count == 1 ? firstWay : points[^1].Z >= points[^2].Z ? 1 : -1;
        var (here, there) = way > 0 ? (highest - start, start - lowest) : (start - lowest, highest - start);
        if (!(way > 0 ? mayRaise : mayLower) || ((way > 0 ? mayLower : mayRaise) && here > (Overreach * there) + options.SearchStep))
        {
            way = -way;
        }

        var gap = curve.Count == 1 ? 0 : way > 0 ? highest - curve.Z[^2] : curve.Z[1] - lowest;
        var step = Math.Clamp(gap * Growth, firstStep, Coarse * Math.Max(firstStep, options.SearchStep));
        return new ScoreStep(ScoreStepKind.Look, window.Clamp((way > 0 ? highest : lowest) + (way * step)));
    }

    private static ScoreStep Fill(ScoreCurve curve, FocusSearchOptions options)
    {
        var (best, promise) = (-1, double.NegativeInfinity);
        for (var i = 0; i < curve.Count - 1; i++)
        {
            // Frames that are exactly alike, as without light, promise nothing.
            var own = Math.Max(curve.Scores[i], curve.Scores[i + 1]);
            if (curve.Contrast > 0 && curve.Z[i + 1] - curve.Z[i] > Finest * options.SearchStep && own > promise)
            {
                (best, promise) = (i, own);
            }
        }

        return best < 0
            ? new ScoreStep(ScoreStepKind.Nothing, curve.Z[curve.Best])
            : new ScoreStep(ScoreStepKind.Look, (curve.Z[best] + curve.Z[best + 1]) / 2);
    }
}
