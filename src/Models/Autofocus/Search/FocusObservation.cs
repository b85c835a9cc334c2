namespace InferenceBridge.Models;

/// <summary>What a search is told of a frame.</summary>
/// <param name="Z">Position of the stage in µm.</param>
/// <param name="Score">Higher is sharper.</param>
/// <param name="Estimate">How far out of focus it is; null where only the score is known.</param>
/// <param name="IsEmpty">Whether it shows nothing to judge by.</param>
internal sealed record FocusObservation(double Z, double Score, DefocusEstimate? Estimate, bool IsEmpty);
