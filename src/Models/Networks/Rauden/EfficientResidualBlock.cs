using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Networks;

/// <summary>
/// A residual block of separable convolutions: pointwise to twice the features, depthwise 3×3, pointwise back, weighed by
/// <see cref="EfficientChannelAttention"/>.
/// </summary>
internal sealed class EfficientResidualBlock : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d widen;
    private readonly Conv2d depthwise;
    private readonly Conv2d narrow;
    private readonly EfficientChannelAttention attention;

    public EfficientResidualBlock(int features)
        : base(nameof(EfficientResidualBlock))
    {
        widen = nn.Conv2d(features, 2 * features, 1);
        depthwise = nn.Conv2d(2 * features, 2 * features, 3, padding: 1, groups: 2 * features);
        narrow = nn.Conv2d(2 * features, features, 1);
        attention = new EfficientChannelAttention(features);
        RegisterComponents();
    }

    /// <param name="input">(N, C, Y, X).</param>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return attention.call(Narrow(Wide(input))).add_(input).MoveToOuterDisposeScope();
    }

    // What was wide goes as soon as it has been used: nothing else in a network takes as much memory.
    private Tensor Wide(Tensor input)
    {
        using var scope = NewDisposeScope();
        return nn.functional.relu(depthwise.call(nn.functional.relu(widen.call(input), inplace: true)), inplace: true).MoveToOuterDisposeScope();
    }

    private Tensor Narrow(Tensor wide)
    {
        using (wide)
        {
            return narrow.call(wide);
        }
    }
}
