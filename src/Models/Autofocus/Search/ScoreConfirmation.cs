namespace InferenceBridge.Models;

/// <summary>
/// Confirms by the score where readings place the focus: looks a little above and below, and takes the maximum of the curve there.
/// </summary>
internal static class ScoreConfirmation
{
    // Frames lie this many tolerances apart: about a depth of field, over which a score falls visibly.
    private const double Spacing = 2;

    // Around the believed place, in tolerances, and frames there at most.
    private const double Reach = 5;
    private const int MostFrames = 5;

    // A curve that varies by less than this part has no maximum to trust.
    private const double Flat = 0.02;

    /// <summary>Finds the next step.</summary>
    /// <param name="points">Frames so far; the last is where the focus is believed to be, or was looked for by this.</param>
    /// <param name="belief">Where the focus is believed to be.</param>
    /// <param name="window">Where to go.</param>
    /// <param name="tolerance">What counts as focused, in µm.</param>
    /// <param name="firstWay">1 to look up first, −1 down.</param>
    public static ScoreStep Next(IReadOnlyList<SearchPoint> points, FocusBelief belief, FocusWindow window, double tolerance, int firstWay)
    {
        SearchPoint[] local = [.. points.Where(point => point.Slack == 0 && Math.Abs(point.Z - belief.Z) <= Reach * tolerance)];
        if (local.Length == 0)
        {
            // Either nothing is known but how far play may have moved the only frames there, or the readings lead to where no frame has been.
            return Math.Abs(points[^1].Z - belief.Z) <= Reach * tolerance
                ? new ScoreStep(ScoreStepKind.Confirmed, belief.Z, belief.Deviation)
                : new ScoreStep(ScoreStepKind.Nothing, points[^1].Z);
        }

        var curve = new ScoreCurve(local, tolerance / 4);
        var (best, widest) = (curve.Best, 2 * Spacing * tolerance);
        var hasBelow = best > 0 && curve.Z[best] - curve.Z[best - 1] <= widest;
        var hasAbove = best < curve.Count - 1 && curve.Z[best + 1] - curve.Z[best] <= widest;
        if (local.Length < MostFrames && !(hasBelow && hasAbove))
        {
            var way = hasAbove || (!hasBelow && firstWay < 0) ? -1 : 1;
            var next = window.Clamp(curve.Z[best] + (way * Spacing * tolerance));
            if (points.Any(point => point.Slack == 0 && Math.Abs(point.Z - next) <= tolerance / 4))
            {
                // The readings do not agree on where to look.
                return new ScoreStep(ScoreStepKind.Nothing, curve.Z[best]);
            }

            if (Math.Abs(next - curve.Z[best]) > tolerance)
            {
                return new ScoreStep(ScoreStepKind.Look, next);
            }
        }

        var isFlat = curve.Contrast <= Flat * Math.Abs(curve.Highest);
        if (hasBelow && hasAbove && !isFlat && (!curve.KnowsNoise || curve.IsSeen))
        {
            var (peak, deviation) = CurveTop.Find(curve, widest);
            return new ScoreStep(ScoreStepKind.Confirmed, peak, deviation);
        }

        // It rises to where the readings do not lead, or they lead elsewhere by now.
        var isAtAnEnd = window.Clamp(curve.Z[best]) == curve.Z[best] && !(hasBelow && hasAbove) && !isFlat && local.Length >= MostFrames;
        return isAtAnEnd || Math.Abs(points[^1].Z - belief.Z) > widest
            ? new ScoreStep(ScoreStepKind.Nothing, curve.Z[best])
            : new ScoreStep(ScoreStepKind.Confirmed, belief.Z, belief.Deviation);
    }
}
