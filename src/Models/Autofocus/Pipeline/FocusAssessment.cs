namespace InferenceBridge.Models;

/// <summary>What was found in a frame.</summary>
/// <param name="Score">What a search climbs: higher is sharper.</param>
/// <param name="Estimate">How far out of focus it is; null from metrics alone.</param>
/// <param name="Numbers">By snake_case name, finite: every metric, and "empty" (0 or 1).</param>
/// <param name="Map">For every tile.</param>
internal sealed record FocusAssessment(double Score, DefocusEstimate? Estimate, IReadOnlyDictionary<string, double> Numbers, FocusMap Map)
{
    /// <summary>Whether the frame shows nothing to judge by.</summary>
    public bool IsEmpty => Estimate is { Empty: true } || (Numbers.TryGetValue(FocusNumbers.Empty, out var empty) && empty != 0);
}
