using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace InferenceBridge.Benchmarks.Training;

/// <summary>A depthwise convolution, a pointwise one, and a rectifier.</summary>
internal sealed class SeparableBlock : Module<Tensor, Tensor>
{
    private readonly Sequential layers;

    public SeparableBlock(long channelsIn, long channelsOut)
        : base(nameof(SeparableBlock))
    {
        layers = Sequential(
            Conv2d(channelsIn, channelsIn, 3, padding: 1, groups: channelsIn),
            Conv2d(channelsIn, channelsOut, 1),
            ReLU());
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => layers.call(input);
}
