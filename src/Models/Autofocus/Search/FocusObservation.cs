namespace InferenceBridge.Models;

/// <summary>What a search is told of a frame.</summary>
/// <param name="Z">Position of the stage in µm.</param>
/// <param name="Score">Higher is sharper.</param>
/// <param name="Estimate">How far out of focus it is; null where only the score is known.</param>
/// <param name="IsEmpty">Whether it shows nothing to judge by.</param>
internal sealed record FocusObservation(double Z, double Score, DefocusEstimate? Estimate, bool IsEmpty)
{
    /// <summary>Score of each tile, by which the search tells noise from a slope; empty where there are none.</summary>
    public IReadOnlyList<float> Tiles { get; init; } = [];

    /// <summary>How much the score scatters by noise (<see cref="ScoreNoise"/>); NaN where that is not known.</summary>
    public double Noise { get; init; } = double.NaN;
}
