using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Networks;

/// <summary>
/// Finds how far the content of a template lies from it in a frame. A siamese pyramid of features; at each level, from coarse to fine, the frame's are
/// moved by the field so far, Lucas and Kanade's equations are formed with learned weights and solved together with a smooth prior, and a small
/// network adds what remains. Fields are smooth: they live on a grid of cells and come to pixels by bicubic interpolation.
/// </summary>
internal sealed class FlowNetwork : nn.Module<Tensor, Tensor>
{
    /// <summary>Side of a cell in px, and multiple to which images are extended.</summary>
    public const int Cell = 8;

    /// <summary>Frames that are smaller along an axis have too few cells.</summary>
    public const int SmallestSide = 32;

    // Coarser levels see too little for the narrow process.
    private const int FinestWide = 1;
    private static readonly int[] Steps = [2, 2];

    private const double Background = 0.05;

    private readonly FlowOptions _options;
    private readonly FlowEncoder encoder;
    private readonly ModuleList<FlowLevel> levels = new();
    private readonly Parameter sigma;
    private readonly Parameter amplitude;

    public FlowNetwork(FlowOptions options)
        : base(nameof(FlowNetwork))
    {
        _options = options;
        encoder = new FlowEncoder(options);
        for (var level = 0; level < options.Features.Count; level++)
        {
            levels.Add(new FlowLevel(level, options));
        }

        // Logarithms, of the wide process and of the narrow one.
        sigma = nn.Parameter(tensor([5f, 2.2f]).log());
        amplitude = nn.Parameter(tensor([1.3f, 0.4f]).log());
        RegisterComponents();
    }

    /// <inheritdoc cref="FlowOptions.BytesPerPixel"/>
    public int BytesPerPixel => _options.BytesPerPixel;

    /// <summary>Makes it faster on a CPU, and unfit for training.</summary>
    public void UseChannelsLast() => encoder.UseChannelsLast();

    /// <summary>
    /// An image whose background is 0 and whose structure is about 1: less the 5 % quantile of the means of its cells, divided by their standard
    /// deviation.
    /// </summary>
    /// <param name="image">(N, 1, Y, X), sizes multiples of <see cref="Cell"/>.</param>
    public static Tensor Normalise(Tensor image)
    {
        using var scope = NewDisposeScope();
        var means = nn.functional.avg_pool2d(image, Cell).flatten(2);
        var quantile = tensor((float)Background, image.dtype, image.device);
        var low = means.quantile(quantile, -1).unsqueeze(-1).unsqueeze(-1);
        var deviation = means.std(-1L).unsqueeze(-1).unsqueeze(-1);
        return image.sub(low).div(deviation.add(1e-6)).MoveToOuterDisposeScope();
    }

    /// <summary>Extends an image by its outermost pixels to multiples of <see cref="Cell"/>.</summary>
    /// <param name="image">(N, C, Y, X).</param>
    public static Tensor Extend(Tensor image)
    {
        var (below, right) = ((Cell - (image.shape[2] % Cell)) % Cell, (Cell - (image.shape[3] % Cell)) % Cell);
        return below + right == 0 ? image : nn.functional.pad(image, (0, right, 0, below), PaddingModes.Replicate);
    }

    /// <summary>What can be computed from templates alone, by level.</summary>
    /// <param name="template">(N, 1, Y, X), normalised, extended.</param>
    /// <param name="height">Rows without what was added; likewise columns.</param>
    /// <param name="width">See there.</param>
    public IReadOnlyList<FlowTemplate> Prepare(Tensor template, long height, long width)
    {
        var (features, weights) = encoder.WeightedFeatures(template);
        var isExtended = template.shape[2] != height || template.shape[3] != width;
        return [.. levels.Select((level, i) => level.Prepare(features[i], isExtended ? weights[i].mul(Real(features[i], i, height, width)) : weights[i]))];
    }

    /// <summary>Finds the fields of frames against prepared templates.</summary>
    /// <param name="template">As <see cref="Prepare"/> gave it.</param>
    /// <param name="frame">(N, 1, Y, X), normalised, extended.</param>
    /// <param name="bounds">What of the frame is the camera's.</param>
    /// <param name="finest">The level to end at; 0 for the image's own resolution.</param>
    /// <returns>By level, coarsest first, on the grid of cells.</returns>
    public IReadOnlyList<FlowState> Find(IReadOnlyList<FlowTemplate> template, Tensor frame, FlowBounds bounds, int finest = 0)
    {
        var features = encoder.Features(frame, finest);
        var (count, rows, columns) = (frame.shape[0], frame.shape[2] / Cell, frame.shape[3] / Cell);
        var scales = Scales(rows, columns);
        var (wide, both) = (new FlowPrior(scales[..1]), new FlowPrior(scales));
        Tensor Zeros(long channels, long y, long x) => zeros([count, channels, y, x], frame.dtype, frame.device);
        var still = Zeros(2, rows, columns);
        var states = new List<FlowState>
        {
            new(still, still, Zeros(_options.Carried, rows, columns), zeros([count, 2, wide.Size], ScalarType.Float64, frame.device)),
        };
        for (var level = levels.Count - 1; level >= finest; level--)
        {
            states.Add(levels[level].Improve(template[level], features[level - finest], states[^1], level > FinestWide ? wide : both, bounds));
        }

        return states[1..];
    }

    /// <summary>The fields of all levels at the image's resolution, coarsest first.</summary>
    /// <param name="input">(N, 2, Y, X) of any size: template and frame.</param>
    public IReadOnlyList<FlowFields> Levels(Tensor input)
    {
        var (height, width) = (input.shape[2], input.shape[3]);
        return [.. Find(input).Select(state => new FlowFields(Enlarge(state.Solved, height, width), Enlarge(state.Field, height, width)))];
    }

    /// <param name="input">(N, 2, Y, X) of any size from <see cref="SmallestSide"/>: template and frame.</param>
    /// <returns>(N, 2, Y, X): the displacement along y and x, in px.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return Enlarge(Find(input)[^1].Field, input.shape[2], input.shape[3]).MoveToOuterDisposeScope();
    }

    /// <summary>A field on the grid of cells at an image's resolution.</summary>
    /// <param name="field">(N, 2, rows, columns).</param>
    /// <param name="height">Rows of the image; likewise columns.</param>
    /// <param name="width">See there.</param>
    public static Tensor Enlarge(Tensor field, long height, long width) => nn.functional
        .interpolate(field, [field.shape[2] * Cell, field.shape[3] * Cell], mode: InterpolationMode.Bicubic, align_corners: false)
        .narrow(2, 0, height).narrow(3, 0, width);

    private FlowScale[] Scales(long rows, long columns)
    {
        var (widths, amplitudes) = (sigma.exp().to_type(ScalarType.Float64), amplitude.exp().to_type(ScalarType.Float64));
        return [.. Steps.Select((step, i) => new FlowScale(rows, columns, widths[i], amplitudes[i], step))];
    }

    private IReadOnlyList<FlowState> Find(Tensor input)
    {
        var (height, width) = (input.shape[2], input.shape[3]);
        var images = Extend(input);
        var template = Prepare(Normalise(images.narrow(1, 0, 1)), height, width);
        return Find(template, Normalise(images.narrow(1, 1, 1)), FlowBounds.Of(height, width));
    }

    // 1 where a level's pixels are of the image, 0 where they were added.
    private static Tensor Real(Tensor features, int level, long height, long width)
    {
        var still = zeros([1, 2, features.shape[2], features.shape[3]], features.dtype, features.device);
        return FeatureWarp.Inside(still, FlowBounds.Of(height, width).At(1 << level));
    }
}
