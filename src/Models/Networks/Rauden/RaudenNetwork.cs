using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Networks;

/// <summary>
/// RAUDen and RAUDen-lite: a U-Net of efficient residual blocks with a pyramid-pooling bottleneck, cross attention, attention gates and
/// multi-scale aggregation. It works at half the resolution and below, each 2×2 px being four features, and adds what it finds to the image.
/// Nothing in it looks farther than <see cref="RaudenOptions.Reach"/>.
/// </summary>
internal sealed class RaudenNetwork : nn.Module<Tensor, Tensor>
{
    /// <summary>Grid in px that tiles must keep to, and multiple to which images are extended.</summary>
    public const int Grid = 8 * EfficientChannelAttention.Cell;

    private readonly int _centre;
    private readonly Conv2d stem;
    private readonly ModuleList<Sequential> encoders = new();
    private readonly ModuleList<Conv2d> downs = new();
    private readonly PyramidPooling pyramid;
    private readonly CrossAttention cross;
    private readonly ModuleList<Conv2d> ups = new();
    private readonly ModuleList<AttentionGate> gates = new();
    private readonly ModuleList<Sequential> decoders = new();
    private readonly ModuleList<Conv2d> scales = new();
    private readonly Conv2d head;

    public RaudenNetwork(RaudenOptions options)
        : base(nameof(RaudenNetwork))
    {
        _centre = options.Channels / 2;
        Widths = options.Widths;
        var widths = options.Widths;
        stem = nn.Conv2d(4 * options.Channels, widths[0], 3, padding: 1);
        for (var level = 0; level < widths.Count; level++)
        {
            encoders.Add(Blocks(widths[level], options.Depth));
            scales.Add(nn.Conv2d(widths[level], widths[0], 1, bias: level == 0));
            if (level + 1 < widths.Count)
            {
                downs.Add(nn.Conv2d(widths[level], widths[level + 1], 2, stride: 2));
                ups.Add(nn.Conv2d(widths[level + 1], widths[level], 1));
                gates.Add(new AttentionGate(widths[level]));
                decoders.Add(Blocks(widths[level], options.Depth));
            }
        }

        pyramid = new PyramidPooling(widths[^1]);
        cross = new CrossAttention(widths[^1]);
        head = nn.Conv2d(widths[0], 4, 3, padding: 1);
        RegisterComponents();

        // To begin with, the network returns the image as it is.
        nn.init.zeros_(head.weight!);
        nn.init.zeros_(head.bias!);
        BytesPerPixel = options.BytesPerPixel;
    }

    /// <inheritdoc cref="RaudenOptions.BytesPerPixel"/>
    public int BytesPerPixel { get; }

    /// <summary>Numbers of <see cref="Features"/> by level.</summary>
    public IReadOnlyList<int> Widths { get; }

    /// <summary>Features at a half, a quarter and an eighth of the resolution, before they become the result: what a smaller network learns from.</summary>
    /// <param name="image">(N, channels, Y, X), sizes multiples of <see cref="Grid"/>.</param>
    public IReadOnlyList<Tensor> Features(Tensor image)
    {
        // Each level's scope gives back what only led to its features: they are most of a network's memory.
        var levels = new List<Tensor>();
        for (var level = 0; level < encoders.Count; level++)
        {
            using var scope = NewDisposeScope();
            var entering = level == 0 ? stem.call(nn.functional.pixel_unshuffle(image, 2)) : downs[level - 1].call(levels[level - 1]);
            levels.Add(encoders[level].call(nn.functional.relu(entering, inplace: true)).MoveToOuterDisposeScope());
        }

        levels[^1] = cross.call(pyramid.call(levels[^1]), levels[^1]);
        for (var level = levels.Count - 2; level >= 0; level--)
        {
            using var scope = NewDisposeScope();
            var above = LocalMean.Enlarge(ups[level].call(levels[level + 1]), 2);
            levels[level] = decoders[level].call(above.add(gates[level].call(levels[level], above))).MoveToOuterDisposeScope();
        }

        return levels;
    }

    /// <summary>The result from its features and the image.</summary>
    public Tensor Finish(Tensor image, IReadOnlyList<Tensor> features)
    {
        var sum = scales[0].call(features[0]);
        for (var level = 1; level < features.Count; level++)
        {
            using var scope = NewDisposeScope();
            sum.add_(LocalMean.Enlarge(scales[level].call(features[level]), 1 << level));
        }

        return nn.functional.pixel_shuffle(head.call(nn.functional.relu(sum, inplace: true)), 2).add(image.narrow(1, _centre, 1));
    }

    /// <summary>Extends an image by its outermost pixels to multiples of <see cref="Grid"/>.</summary>
    public static Tensor Extend(Tensor image)
    {
        var (below, right) = ((Grid - (image.shape[2] % Grid)) % Grid, (Grid - (image.shape[3] % Grid)) % Grid);
        return below + right == 0 ? image : nn.functional.pad(image, (0, right, 0, below), TorchSharp.PaddingModes.Replicate);
    }

    /// <param name="input">(N, channels, Y, X) of any size: the image in units of its noise.</param>
    /// <returns>(N, 1, Y, X).</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var image = Extend(input);
        return Finish(image, Features(image)).narrow(2, 0, input.shape[2]).narrow(3, 0, input.shape[3]).MoveToOuterDisposeScope();
    }

    private static Sequential Blocks(int features, int depth) =>
        nn.Sequential([.. Enumerable.Range(0, depth).Select(i => ($"{i}", (nn.Module<Tensor, Tensor>)new EfficientResidualBlock(features)))]);
}
