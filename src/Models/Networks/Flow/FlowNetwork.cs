using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Networks;

/// <summary>PLACEHOLDER, not to be shipped: a siamese pyramid with residual flow at each level.</summary>
internal sealed class FlowNetwork : nn.Module<Tensor, Tensor>
{
    private readonly ModuleList<Sequential> encoders = new();
    private readonly ModuleList<Sequential> estimators = new();

    public FlowNetwork(FlowOptions options)
        : base(nameof(FlowNetwork))
    {
        var before = 1;
        foreach (var width in options.Widths)
        {
            encoders.Add(nn.Sequential(
                ("0", nn.Conv2d(before, width, 3, stride: 2, padding: 1)), ("1", nn.LeakyReLU(0.1)),
                ("2", nn.Conv2d(width, width, 3, padding: 1)), ("3", nn.LeakyReLU(0.1))));
            estimators.Add(nn.Sequential(
                ("0", nn.Conv2d((2 * width) + 2, 32, 3, padding: 1)), ("1", nn.LeakyReLU(0.1)),
                ("2", nn.Conv2d(32, 32, 3, padding: 1)), ("3", nn.LeakyReLU(0.1)),
                ("4", nn.Conv2d(32, 2, 3, padding: 1))));
            before = width;
        }

        BytesPerPixel = options.BytesPerPixel;
        Grid = 1 << options.Widths.Count;
        RegisterComponents();
        foreach (var estimator in estimators)
        {
            nn.init.zeros_(estimator.get_parameter("4.weight")!);
            nn.init.zeros_(estimator.get_parameter("4.bias")!);
        }
    }

    /// <summary>Sizes of what <see cref="Features"/> takes are multiples of this.</summary>
    public int Grid { get; }

    /// <summary>Peak memory of inference for each pixel, in bytes.</summary>
    public int BytesPerPixel { get; }

    /// <summary>An image as <see cref="Features"/> takes it: of mean 0 and deviation 1, extended by its outermost pixels to multiples of <see cref="Grid"/>.</summary>
    /// <param name="image">(N, 1, Y, X).</param>
    public Tensor Prepare(Tensor image)
    {
        using var scope = NewDisposeScope();
        var centred = image.sub(image.mean([2, 3], keepdim: true));
        var scaled = centred.div(centred.square().mean([2, 3], keepdim: true).sqrt().add(1e-6));
        var (below, right) = ((Grid - (image.shape[2] % Grid)) % Grid, (Grid - (image.shape[3] % Grid)) % Grid);
        return (below + right == 0 ? scaled : nn.functional.pad(scaled, (0, right, 0, below), PaddingModes.Replicate)).MoveToOuterDisposeScope();
    }

    /// <summary>Features by level, finest first.</summary>
    /// <param name="image">(N, 1, Y, X), prepared.</param>
    public IReadOnlyList<Tensor> Features(Tensor image)
    {
        var levels = new List<Tensor>();
        foreach (var encoder in encoders)
        {
            levels.Add(encoder.call(levels.Count == 0 ? image : levels[^1]));
        }

        return levels;
    }

    /// <summary>The flow at each level, coarsest first, each in px of the whole image: what is at p in the template lies at p + flow in the frame.</summary>
    /// <param name="template">The template's features.</param>
    /// <param name="frame">The frame's.</param>
    /// <returns>(N, 2, y, x): along y, then along x.</returns>
    public IReadOnlyList<Tensor> Flows(IReadOnlyList<Tensor> template, IReadOnlyList<Tensor> frame)
    {
        var flows = new List<Tensor>();
        for (var level = template.Count - 1; level >= 0; level--)
        {
            using var scope = NewDisposeScope();
            var at = template[level];
            var flow = flows.Count == 0
                ? zeros([at.shape[0], 2, at.shape[2], at.shape[3]], at.dtype, at.device)
                : Enlarge(flows[^1], at.shape[2], at.shape[3]);
            var step = 1 << (level + 1);
            var moved = flows.Count == 0 ? frame[level] : FeatureWarp.Sample(frame[level], flow.div(step));
            flows.Add(flow.add(estimators[level].call(cat([at, moved, flow.div(step)], 1)).mul(step)).MoveToOuterDisposeScope());
        }

        return flows;
    }

    /// <summary>The flows of all levels at the image's resolution, coarsest first.</summary>
    /// <param name="input">(N, 2, Y, X) of any size: template and frame.</param>
    public IReadOnlyList<Tensor> Levels(Tensor input)
    {
        var (count, rows, columns) = (input.shape[0], input.shape[2], input.shape[3]);

        // Both at once: the weights are the same.
        var images = Prepare(cat([input.narrow(1, 0, 1), input.narrow(1, 1, 1)], 0));
        var features = Features(images);
        var flows = Flows([.. features.Select(level => level.narrow(0, 0, count))], [.. features.Select(level => level.narrow(0, count, count))]);
        return [.. flows.Select(flow => Enlarge(flow, images.shape[2], images.shape[3]).narrow(2, 0, rows).narrow(3, 0, columns))];
    }

    /// <param name="input">(N, 2, Y, X) of any size: template and frame.</param>
    /// <returns>(N, 2, Y, X): the displacement along y and x, in px.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return Levels(input)[^1].MoveToOuterDisposeScope();
    }

    /// <summary>A flow at another resolution.</summary>
    public static Tensor Enlarge(Tensor flow, long rows, long columns) => flow.shape[2] == rows && flow.shape[3] == columns
        ? flow
        : nn.functional.interpolate(flow, [rows, columns], mode: InterpolationMode.Bilinear, align_corners: false);
}
