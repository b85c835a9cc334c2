using InferenceBridge.Models.Networks;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>What a network made of pairs, and what is known of them.</summary>
/// <param name="Template">(N, 1, Y, X).</param>
/// <param name="Frame">(N, 1, Y, X).</param>
/// <param name="Levels">What each level found, coarsest first.</param>
/// <param name="Target">The true ones, (N, 2, Y, X); (N, 0, Y, X) where they are not known.</param>
/// <param name="Weight">How much each pixel counts, (N, 1, Y, X), 0 to 1; null where all count alike.</param>
internal sealed record FlowEstimate(Tensor Template, Tensor Frame, IReadOnlyList<FlowFields> Levels, Tensor Target, Tensor? Weight)
{
    /// <summary>The finest field.</summary>
    public Tensor Flow => Levels[^1].Refined;
}
