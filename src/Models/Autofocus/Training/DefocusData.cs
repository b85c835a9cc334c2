namespace InferenceBridge.Models.Training;

/// <summary>What a training learns from and is judged by.</summary>
/// <param name="Planes">Sharp planes to learn from, whose defocus is simulated.</param>
/// <param name="Validation">Frames to judge by.</param>
/// <param name="Files">Files to learn from.</param>
/// <param name="ValidationFiles">Files that validation is of.</param>
/// <param name="Split">How validation was set apart, in words.</param>
internal sealed record DefocusData(IReadOnlyList<SharpPlane> Planes, IReadOnlyList<DefocusFrame> Validation, int Files, int ValidationFiles, string Split)
{
    /// <summary>Real focal stacks to learn from; empty where all defocus is simulated.</summary>
    public IReadOnlyList<FocalStack> Stacks { get; init; } = [];

    /// <summary>Simulated frames to judge by beside those of stacks, so that it shows where a network forgets; empty where there are none.</summary>
    public IReadOnlyList<DefocusFrame> Simulated { get; init; } = [];

    /// <summary>What was read, in words that a user has to know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
