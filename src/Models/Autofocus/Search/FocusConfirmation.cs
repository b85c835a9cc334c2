namespace InferenceBridge.Models;

/// <summary>Whether a frame confirms what was believed before it.</summary>
internal static class FocusConfirmation
{
    // A tenth more of any metric is more than noise makes.
    private const double Clearly = 1.1;

    // A reading that is not sure of itself may be so many deviations, and in any case so many tolerances, from focus.
    private const double Deviations = 2;
    private const double MostTolerances = 4;

    /// <summary>Whether the last frame is near enough to the focus for the score to tell the rest, and no frame elsewhere is clearly sharper.</summary>
    /// <param name="points">The frames of a search.</param>
    /// <param name="belief">Where the focus is believed to be.</param>
    /// <param name="tolerance">How far from it counts as focused, in µm.</param>
    public static bool IsNear(IReadOnlyList<SearchPoint> points, FocusBelief belief, double tolerance)
    {
        var reach = Math.Min(tolerance + (Deviations * points[^1].Reading.Deviation), MostTolerances * tolerance);
        return Is(points, belief, tolerance, reach);
    }

    /// <summary>Whether the last frame lies where the focus is believed to be, says so itself, and no frame elsewhere is clearly sharper.</summary>
    /// <param name="points">The frames of a search.</param>
    /// <param name="belief">Where the focus is believed to be.</param>
    /// <param name="tolerance">How far from it counts as focused, in µm.</param>
    public static bool IsConfirmed(IReadOnlyList<SearchPoint> points, FocusBelief belief, double tolerance) => Is(points, belief, tolerance, tolerance);

    private static bool Is(IReadOnlyList<SearchPoint> points, FocusBelief belief, double tolerance, double reach)
    {
        var last = points[^1];
        return points.Count > 1
            && last.Reading.Kind is FocusReadingKind.Signed or FocusReadingKind.Open
            && Math.Abs(last.Reading.Defocus) <= reach
            && Math.Abs(last.Z - belief.Z) <= reach
            && !points.Any(point => !point.IsEmpty && point.Score > Clearly * Math.Max(0, last.Score) && Math.Abs(point.Z - belief.Z) > reach + point.Slack);
    }
}
