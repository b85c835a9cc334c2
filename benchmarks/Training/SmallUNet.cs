using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace InferenceBridge.Benchmarks.Training;

/// <summary>
/// A U-Net of depthwise and pointwise convolutions on three scales, about 80 thousand parameters; peers/torch_step.py has the same.
/// </summary>
internal sealed class SmallUNet : Module<Tensor, Tensor>
{
    private const long Channels = 32;

    private readonly Conv2d head = Conv2d(1, Channels, 3, padding: 1);
    private readonly Sequential first = Blocks(Channels, Channels, 2);
    private readonly Sequential second = Blocks(Channels, 2 * Channels, 2);
    private readonly Sequential bottom = Blocks(2 * Channels, 4 * Channels, 3);
    private readonly Sequential up2 = Blocks(6 * Channels, 2 * Channels, 2);
    private readonly Sequential up1 = Blocks(3 * Channels, Channels, 2);
    private readonly Conv2d tail = Conv2d(Channels, 1, 3, padding: 1);
    private readonly AvgPool2d half = AvgPool2d(2);
    private readonly Upsample twice = Upsample(scale_factor: [2, 2], mode: UpsampleMode.Bilinear, align_corners: false);

    public SmallUNet()
        : base(nameof(SmallUNet)) => RegisterComponents();

    /// <summary>Stores weights with the channels last, which oneDNN's convolutions then keep for what passes between them.</summary>
    public void UseChannelsLast()
    {
        foreach (var layer in modules().OfType<Conv2d>())
        {
            using var scope = NewDisposeScope();
            layer.weight = Parameter(ChannelsLast(layer.weight.detach()));
        }
    }

    /// <summary>The same tensor with the channels last in memory, by means that TorchSharp's API has.</summary>
    public static Tensor ChannelsLast(Tensor tensor) => tensor.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var large = first.call(head.call(input));
        var middle = second.call(half.call(large));
        var small = bottom.call(half.call(middle));
        var y = up2.call(cat([twice.call(small), middle], 1));
        y = up1.call(cat([twice.call(y), large], 1));
        return (input + tail.call(y)).MoveToOuterDisposeScope();
    }

    private static Sequential Blocks(long channelsIn, long channelsOut, int count) =>
        Sequential(Enumerable.Range(0, count).Select(i => (Module<Tensor, Tensor>)new SeparableBlock(i == 0 ? channelsIn : channelsOut, channelsOut)));
}
