using TorchSharp.Modules;
using static TorchSharp.torch;
using static InferenceBridge.Models.Networks.ConvolutionLayers;

namespace InferenceBridge.Models.Networks;

/// <summary>
/// MobileNetV2 of width 1 for one channel and the classes of defocus. Sandler et al., CVPR 2018, doi:10.1109/CVPR.2018.00474.
/// </summary>
internal sealed class MobileNetV2 : nn.Module<Tensor, Tensor>
{
    /// <summary>Name of the architecture.</summary>
    public const string Name = "mobilenet-v2";

    private const long LastFeatures = 1280;

    // Expansion, features, blocks and first stride of each stage: Table 2 of the paper.
    private static readonly (long Expansion, long Features, int Blocks, long Stride)[] Stages =
        [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)];

    private readonly Sequential features;
    private readonly Linear classifier;

    public MobileNetV2()
        : base(nameof(MobileNetV2))
    {
        List<nn.Module<Tensor, Tensor>> layers = [.. Normalised(1, 32, 3, 2), nn.ReLU6()];
        var from = 32L;
        foreach (var (expansion, to, blocks, stride) in Stages)
        {
            for (var block = 0; block < blocks; block++)
            {
                layers.Add(new InvertedResidual(from, to, expansion, block == 0 ? stride : 1));
                from = to;
            }
        }

        layers.AddRange([.. Normalised(from, LastFeatures, 1), nn.ReLU6()]);
        features = Sequence(layers);
        classifier = nn.Linear(LastFeatures, DefocusClasses.Count);
        Initialise(this);
        RegisterComponents();
    }

    /// <param name="input">(N, 1, Y, X), of mean 0 and deviation 1.</param>
    /// <returns>(N, 41, 1, 1).</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return classifier.call(Mean(features.call(input))).reshape(-1, DefocusClasses.Count, 1, 1).MoveToOuterDisposeScope();
    }

    /// <summary>Widens, filters each feature by itself, narrows; adds its input where that has the same shape.</summary>
    private sealed class InvertedResidual : nn.Module<Tensor, Tensor>
    {
        private readonly Sequential layers;
        private readonly bool _isResidual;

        public InvertedResidual(long from, long to, long expansion, long stride)
            : base(nameof(InvertedResidual))
        {
            var wide = from * expansion;
            layers = Sequence(
            [
                .. expansion == 1 ? [] : (IEnumerable<nn.Module<Tensor, Tensor>>)[.. Normalised(from, wide, 1), nn.ReLU6()],
                .. Normalised(wide, wide, 3, stride, wide), nn.ReLU6(), .. Normalised(wide, to, 1),
            ]);
            _isResidual = stride == 1 && from == to;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            var output = layers.call(input);
            return (_isResidual ? output + input : output).MoveToOuterDisposeScope();
        }
    }
}
