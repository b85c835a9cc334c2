using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Networks;

/// <summary>
/// Weighs the features by how strong they and their neighbours among the features are: a mean, a short convolution over the features, a
/// sigmoid. Q. Wang et al., "ECA-Net", CVPR 2020, doi:10.1109/CVPR42600.2020.01155. The mean is over 12×12 px of the level instead
/// of the whole image, see <see cref="LocalMean"/>.
/// </summary>
internal sealed class EfficientChannelAttention : nn.Module<Tensor, Tensor>
{
    /// <summary>Edge in px of the squares whose means are taken; sizes must be multiples of it.</summary>
    public const int Cell = 4;

    private readonly Conv2d convolution;

    public EfficientChannelAttention(int features)
        : base(nameof(EfficientChannelAttention))
    {
        // The paper's rule: the odd number next to (log2 C + 1) / 2.
        var length = (int)((Math.Log2(features) + 1) / 2);
        length += 1 - (length % 2);
        convolution = nn.Conv2d(1, 1, (length, 1), padding: (length / 2, 0), bias: false);
        RegisterComponents();
    }

    /// <param name="input">(N, C, Y, X).</param>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var means = LocalMean.Around(LocalMean.Of(input, Cell), 3);
        var (count, features, height, width) = (means.shape[0], means.shape[1], means.shape[2], means.shape[3]);
        var weights = convolution.call(means.reshape(count, 1, features, height * width)).sigmoid().reshape(count, features, height, width);
        return input.mul(LocalMean.Enlarge(weights, Cell)).MoveToOuterDisposeScope();
    }
}
