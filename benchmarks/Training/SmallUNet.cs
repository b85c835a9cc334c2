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
    private readonly AvgPool2d shrink = AvgPool2d(2);
    private readonly Upsample enlarge = Upsample(scale_factor: [2, 2], mode: UpsampleMode.Bilinear, align_corners: false);

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

    /// <summary>
    /// The same (out, in, y, x) tensor with the second axis last in memory. libtorch goes by the strides, of axes of one
    /// element too, which a permuted copy would leave as they were; hence the strides in numbers.
    /// </summary>
    private static Tensor ChannelsLast(Tensor tensor)
    {
        var (channels, rows, columns) = (tensor.shape[1], tensor.shape[2], tensor.shape[3]);
        return tensor.permute(0, 2, 3, 1).contiguous().as_strided(tensor.shape, [rows * columns * channels, 1, columns * channels, channels]);
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var large = first.call(head.call(input));
        var middle = second.call(shrink.call(large));
        var small = bottom.call(shrink.call(middle));
        var y = up2.call(cat([enlarge.call(small), middle], 1));
        y = up1.call(cat([enlarge.call(y), large], 1));
        return (input + tail.call(y)).MoveToOuterDisposeScope();
    }

    private static Sequential Blocks(long channelsIn, long channelsOut, int count) =>
        Sequential(Enumerable.Range(0, count).Select(i => (Module<Tensor, Tensor>)new SeparableBlock(i == 0 ? channelsIn : channelsOut, channelsOut)));
}
