using InferenceBridge.Models;

namespace InferenceBridge.Benchmarks.Autofocus;

/// <summary>How well the scores of a focal stack tell its focus.</summary>
/// <param name="Scores">Of each plane, largest at focus.</param>
/// <param name="Z">Position of each plane less that of the stated focus, in µm.</param>
internal sealed record StackCurve(IReadOnlyList<double> Scores, IReadOnlyList<double> Z)
{
    /// <summary>The plane with the highest score.</summary>
    public int Best => Enumerable.Range(0, Scores.Count).MaxBy(i => Scores[i]);

    /// <summary>The fitted maximum.</summary>
    public FocusPeak Peak => FocusCurve.Find([.. Z.Zip(Scores, (z, score) => new FocusPoint(z, score))]);

    /// <summary>Neighbours whose order is wrong: scores should rise up to the best plane and fall after it.</summary>
    public int Inversions => Enumerable.Range(0, Scores.Count - 1).Count(i => i < Best ? Scores[i + 1] <= Scores[i] : Scores[i + 1] >= Scores[i]);
}
