using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Networks;

/// <summary>The siamese part: features of an image at its own resolution, a half, a quarter and an eighth, each knowing what the coarser ones found.</summary>
internal sealed class FlowEncoder : nn.Module
{
    private const double Slope = 0.1;

    private readonly EdgeConvolution entry;
    private readonly EdgeConvolution first;
    private readonly ModuleList<EdgeConvolution> downs = new();
    private readonly ModuleList<EdgeConvolution> blocks = new();
    private readonly ModuleList<Conv2d> tops = new();
    private readonly ModuleList<EdgeConvolution> outs = new();
    private readonly ModuleList<EdgeConvolution> weights = new();

    public FlowEncoder(FlowOptions options)
        : base(nameof(FlowEncoder))
    {
        var widths = options.EncoderWidths;
        entry = new EdgeConvolution(2, widths[0]);
        first = new EdgeConvolution(widths[0], widths[0]);
        for (var level = 0; level < widths.Count; level++)
        {
            if (level > 0)
            {
                downs.Add(new EdgeConvolution(widths[level - 1], widths[level], stride: 2));
                blocks.Add(new EdgeConvolution(widths[level], widths[level]));
                tops.Add(nn.Conv2d(widths[level], widths[level - 1], 1));
            }

            outs.Add(new EdgeConvolution(widths[level], options.Features[level]));
            weights.Add(new EdgeConvolution(widths[level], options.Features[level]));

            // To begin with, all pixels count alike.
            weights[^1].SetZero();
        }

        RegisterComponents();
    }

    /// <summary>A leaky rectifier, which without gradients overwrites its input.</summary>
    public static Tensor Rectify(Tensor input) => nn.functional.leaky_relu(input, Slope, inplace: !is_grad_enabled());

    /// <summary>Makes it faster on a CPU, and unfit for training.</summary>
    public void UseChannelsLast()
    {
        foreach (var layer in modules().OfType<EdgeConvolution>())
        {
            layer.UseChannelsLast();
        }
    }

    /// <summary>Features by level, from the finest to the coarsest.</summary>
    /// <param name="image">(N, 1, Y, X), background 0 and structure about 1; sizes multiples of 8.</param>
    /// <param name="finest">The first level that is wanted.</param>
    /// <returns>From that level on: (N, C, y, x).</returns>
    public IReadOnlyList<Tensor> Features(Tensor image, int finest = 0)
    {
        using var scope = NewDisposeScope();
        return Heads(Hidden(image, finest)[finest..], outs.Skip(finest));
    }

    /// <summary>Features as in <see cref="Features"/>, and how much each pixel of each of them counts, 0 to 2.</summary>
    public (IReadOnlyList<Tensor> Features, IReadOnlyList<Tensor> Weights) WeightedFeatures(Tensor image)
    {
        using var scope = NewDisposeScope();
        var hidden = Hidden(image);
        return (Heads(hidden, outs), Heads(hidden, weights, values => values.sigmoid().mul(2)));
    }

    private static IReadOnlyList<Tensor> Heads(IReadOnlyList<Tensor> hidden, IEnumerable<EdgeConvolution> layers, Func<Tensor, Tensor>? after = null) =>
        [.. hidden.Zip(layers, (level, layer) =>
        {
            var values = layer.call(level).contiguous();
            return (after is null ? values : after(values)).MoveToOuterDisposeScope();
        })];

    private List<Tensor> Hidden(Tensor image, int finest = 0)
    {
        // Bright structure compressed beside the image as it is.
        var hidden = Rectify(entry.call(cat([image, image.mul(2).asinh()], 1)));
        var levels = new List<Tensor> { Rectify(first.call(hidden)).add(hidden) };
        foreach (var (down, block) in downs.Zip(blocks))
        {
            hidden = Rectify(down.call(levels[^1]));
            levels.Add(Rectify(block.call(hidden)).add(hidden));
        }

        for (var level = levels.Count - 2; level >= finest; level--)
        {
            var above = tops[level].call(levels[level + 1]);
            levels[level] = levels[level].add(nn.functional.interpolate(
                above, [levels[level].shape[2], levels[level].shape[3]], mode: InterpolationMode.Bilinear, align_corners: false));
        }

        return levels;
    }
}
