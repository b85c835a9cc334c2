namespace InferenceBridge.Models;

/// <summary>What was found in a frame.</summary>
/// <param name="Score">What a search climbs: higher is sharper.</param>
/// <param name="Estimate">How far out of focus it is; null from metrics alone.</param>
/// <param name="Numbers">By snake_case name, finite: every metric, and "empty" (0 or 1).</param>
/// <param name="Map">For every tile.</param>
internal sealed record FocusAssessment(double Score, DefocusEstimate? Estimate, IReadOnlyDictionary<string, double> Numbers, FocusMap Map)
{
    /// <summary>The score of each tile, which add up to that of the frame but for a factor; empty where there are none.</summary>
    public IReadOnlyList<float> TileScores { get; init; } = [];

    /// <summary>The metric that is the score; null where it is none.</summary>
    public FocusMetric? ScoreMetric { get; init; }

    /// <summary>Whether the frame shows nothing to judge by.</summary>
    public bool IsEmpty => Estimate is { Empty: true } || (Numbers.TryGetValue(FocusNumbers.Empty, out var empty) && empty != 0);
}
