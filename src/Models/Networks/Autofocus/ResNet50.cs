using TorchSharp.Modules;
using static TorchSharp.torch;
using static InferenceBridge.Models.Networks.ConvolutionLayers;

namespace InferenceBridge.Models.Networks;

/// <summary>
/// ResNet-50 for one channel and the classes of defocus, with the stride in the blocks' 3×3 convolution, as is usual now. He et al., CVPR 2016,
/// doi:10.1109/CVPR.2016.90.
/// </summary>
internal sealed class ResNet50 : nn.Module<Tensor, Tensor>
{
    /// <summary>Name of the architecture.</summary>
    public const string Name = "resnet50";

    private const long Expansion = 4;
    private static readonly int[] Blocks = [3, 4, 6, 3];

    private readonly Sequential stem;
    private readonly Sequential stages;
    private readonly Linear classifier;

    public ResNet50()
        : base(nameof(ResNet50))
    {
        stem = Sequence([.. Normalised(1, 64, 7, 2), nn.ReLU(), nn.MaxPool2d(3, stride: 2, padding: 1)]);
        List<nn.Module<Tensor, Tensor>> blocks = [];
        var from = 64L;
        for (var stage = 0; stage < Blocks.Length; stage++)
        {
            var width = 64L << stage;
            for (var block = 0; block < Blocks[stage]; block++)
            {
                blocks.Add(new Bottleneck(from, width, block == 0 && stage > 0 ? 2 : 1));
                from = width * Expansion;
            }
        }

        stages = Sequence(blocks);
        classifier = nn.Linear(from, DefocusClasses.Count);
        Initialise(this);
        RegisterComponents();
    }

    /// <param name="input">(N, 1, Y, X), of mean 0 and deviation 1.</param>
    /// <returns>(N, 41, 1, 1).</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return classifier.call(Mean(stages.call(stem.call(input)))).reshape(-1, DefocusClasses.Count, 1, 1).MoveToOuterDisposeScope();
    }

    private sealed class Bottleneck : nn.Module<Tensor, Tensor>
    {
        private readonly Sequential layers;
        private readonly Sequential? shortcut;

        public Bottleneck(long from, long width, long stride)
            : base(nameof(Bottleneck))
        {
            layers = Sequence(
                [.. Normalised(from, width, 1), nn.ReLU(), .. Normalised(width, width, 3, stride), nn.ReLU(), .. Normalised(width, width * Expansion, 1)]);
            shortcut = stride == 1 && from == width * Expansion ? null : Sequence(Normalised(from, width * Expansion, 1, stride));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            return (layers.call(input) + (shortcut?.call(input) ?? input)).relu().MoveToOuterDisposeScope();
        }
    }
}
