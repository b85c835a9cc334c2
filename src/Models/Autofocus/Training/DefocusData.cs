namespace InferenceBridge.Models.Training;

/// <summary>What a training learns from and is judged by.</summary>
/// <param name="Planes">Sharp planes to learn from.</param>
/// <param name="Validation">Frames to judge by.</param>
/// <param name="Files">Files to learn from.</param>
/// <param name="ValidationFiles">Files that validation is of.</param>
/// <param name="Split">How validation was set apart, in words.</param>
internal sealed record DefocusData(IReadOnlyList<SharpPlane> Planes, IReadOnlyList<DefocusFrame> Validation, int Files, int ValidationFiles, string Split)
{
    /// <summary>Real focal stacks to learn from, in place of planes; empty where defocus is simulated.</summary>
    public IReadOnlyList<FocalStack> Stacks { get; init; } = [];
}
