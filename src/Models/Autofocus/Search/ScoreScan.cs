namespace InferenceBridge.Models;

/// <summary>
/// Scans for a peak where scores tell nothing yet: sweeps to both sides of the start in turn, each about twice as far out as the one before, in coarse steps;
/// then fills the gaps. A peak that is seen early costs few frames, and one that is narrow no more than an even scan.
/// </summary>
internal static class ScoreScan
{
    private const double Growth = 2;

    // Of the search step: the widest steps, and the widest gap that is left in the end.
    private const double Coarse = 2;
    private const double Finest = 1.05;

    // Fewer places show no peak, and no want of one: then gaps down to so many tolerances are filled.
    private const int Enough = 16;
    private const double Narrowest = 2;

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
        var (lowest, highest, start, z) = (curve.Z[0], curve.Z[^1], points[0].Z, points[^1].Z);
        var (mayLower, mayRaise) = (lowest - window.Low > edge, window.High - highest > edge);
        if (!mayLower && !mayRaise)
        {
            return Fill(curve, z, options);
        }

        var way = curve.Count == 1 ? firstWay : z >= points[^2].Z ? 1 : -1;
        var (here, there) = way > 0 ? (highest - start, start - lowest) : (start - lowest, highest - start);
        var mayGoOn = way > 0 ? mayRaise : mayLower;
        var room = way > 0 ? lowest - window.Low : window.High - highest;
        var isFarEnough = room > options.SearchStep && here > (Overreach * there) + options.SearchStep && Reaches(options, z, way > 0 ? lowest : highest);
        way = mayGoOn && !isFarEnough ? way : -way;
        var gap = curve.Count == 1 ? 0 : way > 0 ? highest - curve.Z[^2] : curve.Z[1] - lowest;
        var step = Math.Clamp(gap * Growth, firstStep, Coarse * Math.Max(firstStep, options.SearchStep));
        return new ScoreStep(ScoreStepKind.Look, window.Clamp((way > 0 ? highest : lowest) + (way * step)));
    }

    // Whether one move leads there: frames on the way would show what is known.
    private static bool Reaches(FocusSearchOptions options, double z, double place) => Math.Abs(place - z) + Math.Abs(options.Backlash) < options.LargestStep;

    // The middle of a wide gap: that beside the highest score of those within one move, else the nearest.
    private static ScoreStep Fill(ScoreCurve curve, double z, FocusSearchOptions options)
    {
        var finest = curve.Count < Enough ? Narrowest * options.Tolerance : Finest * options.SearchStep;
        (double Place, double Promise)? best = null;
        for (var i = 0; i < curve.Count - 1; i++)
        {
            // Frames that are exactly alike, as without light, promise nothing.
            if (curve.Contrast > 0 && curve.Z[i + 1] - curve.Z[i] > finest)
            {
                var place = (curve.Z[i] + curve.Z[i + 1]) / 2;
                var promise = Reaches(options, z, place) ? Math.Max(curve.Scores[i], curve.Scores[i + 1]) - curve.Lowest : -Math.Abs(place - z);
                best = best is { } other && other.Promise >= promise ? other : (place, promise);
            }
        }

        return best is { } found ? new ScoreStep(ScoreStepKind.Look, found.Place) : new ScoreStep(ScoreStepKind.Nothing, curve.Z[curve.Best]);
    }
}
