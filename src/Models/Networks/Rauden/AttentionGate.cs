using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Networks;

/// <summary>
/// Lets through of the encoder's features what the decoder finds relevant: O. Oktay et al., "Attention U-Net", arXiv:1804.03999.
/// </summary>
internal sealed class AttentionGate : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly Conv2d skipped;
    private readonly Conv2d gating;
    private readonly Conv2d relevance;

    public AttentionGate(int features)
        : base(nameof(AttentionGate))
    {
        skipped = nn.Conv2d(features, features / 2, 1, bias: false);
        gating = nn.Conv2d(features, features / 2, 1);
        relevance = nn.Conv2d(features / 2, 1, 1);
        RegisterComponents();
    }

    /// <param name="input1">The encoder's features, (N, C, Y, X).</param>
    /// <param name="input2">The decoder's, of the same shape.</param>
    public override Tensor forward(Tensor input1, Tensor input2)
    {
        using var scope = NewDisposeScope();
        var both = nn.functional.relu(skipped.call(input1).add_(gating.call(input2)), inplace: true);
        return input1.mul(relevance.call(both).sigmoid()).MoveToOuterDisposeScope();
    }
}
