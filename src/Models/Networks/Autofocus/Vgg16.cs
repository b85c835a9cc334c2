using TorchSharp.Modules;
using static TorchSharp.torch;
using static InferenceBridge.Models.Networks.ConvolutionLayers;

namespace InferenceBridge.Models.Networks;

/// <summary>
/// VGG-16 with batch normalisation for one channel and the classes of defocus. Simonyan and Zisserman, arXiv:1409.1556. In place of its three dense
/// layers, which hold 124 of its 138 million weights and want images of one size, one takes the mean of the last features over the image.
/// </summary>
internal sealed class Vgg16 : nn.Module<Tensor, Tensor>
{
    /// <summary>Name of the architecture.</summary>
    public const string Name = "vgg";

    // Features of each convolution; 0 halves the size. Configuration D of the paper.
    private static readonly int[] Layers = [64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0];

    private readonly Sequential features;
    private readonly Linear classifier;

    public Vgg16()
        : base(nameof(Vgg16))
    {
        List<nn.Module<Tensor, Tensor>> layers = [];
        var from = 1;
        foreach (var to in Layers)
        {
            layers.AddRange(to == 0 ? [nn.MaxPool2d(2)] : [.. Normalised(from, to, 3), nn.ReLU()]);
            from = to == 0 ? from : to;
        }

        features = Sequence(layers);
        classifier = nn.Linear(from, DefocusClasses.Count);
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
}
