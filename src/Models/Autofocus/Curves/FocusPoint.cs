namespace InferenceBridge.Models;

/// <summary>The score of a focus metric at a position of the stage.</summary>
/// <param name="Z">Position in any unit, µm as a rule; finite.</param>
/// <param name="Score">Score, larger where sharper; finite.</param>
public readonly record struct FocusPoint(double Z, double Score);
