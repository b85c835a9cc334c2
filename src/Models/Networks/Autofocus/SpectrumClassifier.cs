using static TorchSharp.torch;

namespace InferenceBridge.Models.Networks;

/// <summary>A classifier of images that is shown <see cref="PolarSpectrum"/> in place of the frame.</summary>
internal sealed class SpectrumClassifier : nn.Module<Tensor, Tensor>
{
    // Brings the logarithms near to mean 0 and deviation 1.
    private const double Mean = -4;
    private const double Deviation = 3;

    private readonly nn.Module<Tensor, Tensor> classifier;

    public SpectrumClassifier(nn.Module<Tensor, Tensor> classifier)
        : base(nameof(SpectrumClassifier))
    {
        this.classifier = classifier;
        RegisterComponents();
    }

    /// <param name="input">(N, 1, Y, X), of mean 0 and deviation 1.</param>
    /// <returns>What the classifier says of it.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return classifier.call((PolarSpectrum.Of(input) - Mean) / Deviation).MoveToOuterDisposeScope();
    }
}
