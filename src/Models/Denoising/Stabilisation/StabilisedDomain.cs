using InferenceBridge.Imaging;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// The intensities that denoising networks see: noise of the same strength everywhere, centred, so that one network serves every camera and
/// brightness. Where noise grows with the signal, the generalised Anscombe transform, else a division by the noise's standard
/// deviation; then minus the value of the image's mean, divided by <see cref="Scale"/>.
/// </summary>
/// <param name="Anscombe">The transform; null where the noise does not grow with the signal.</param>
/// <param name="Noise">The noise's standard deviation, above 0, where there is no transform.</param>
/// <param name="Centre">The stabilised value, in standard deviations of the noise, that becomes 0.</param>
internal sealed record StabilisedDomain(AnscombeTransform? Anscombe, double Noise, double Centre)
{
    /// <summary>Standard deviations of the noise that make 1.</summary>
    public const double Scale = 8;

    /// <summary>The domain of an image.</summary>
    /// <param name="law">Its noise; null where that cannot be told.</param>
    /// <param name="mean">Its mean in ADU.</param>
    /// <returns>Null where the image shows no noise.</returns>
    public static StabilisedDomain? From(NoiseLaw? law, double mean)
    {
        if (law is not null && law.Gain > 0)
        {
            var anscombe = AnscombeTransform.From(law);
            return new StabilisedDomain(anscombe, 0, anscombe.Transform(mean));
        }

        var noise = law?.StandardDeviationAt(0) ?? 0;
        return noise > 0 ? new StabilisedDomain(null, noise, mean / noise) : null;
    }

    /// <summary>From ADU to what a network takes.</summary>
    public Tensor Forward(Tensor image) =>
        (Anscombe is { } anscombe ? anscombe.Forward(image) : image.div(Noise)).sub_(Centre).div_(Scale);

    /// <summary>From what a network gives to ADU: the exact unbiased inverse, for values that are free of noise.</summary>
    public Tensor Inverse(Tensor result)
    {
        var stabilised = result.mul(Scale).add_(Centre);
        return Anscombe is { } anscombe ? anscombe.Inverse(stabilised) : stabilised.mul_(Noise);
    }

    /// <summary>From what a network takes back to ADU: the plain inverse of <see cref="Forward(Tensor)"/>, for values with their noise.</summary>
    public Tensor Restore(Tensor input)
    {
        var stabilised = input.mul(Scale).add_(Centre);
        return Anscombe is { } anscombe ? anscombe.Undo(stabilised) : stabilised.mul_(Noise);
    }

    /// <summary>As <see cref="Forward(Tensor)"/>, for one value.</summary>
    public float Forward(double value) => Normalise(Anscombe is { } anscombe ? anscombe.Transform(value) : value / Noise);

    /// <summary>What a network should give for a noise-free value: the mean of what noisy values around it are taken to.</summary>
    public float Expected(double mean) => Normalise(Anscombe is { } anscombe ? anscombe.Expected(mean) : mean / Noise);

    private float Normalise(double stabilised) => (float)((stabilised - Centre) / Scale);
}
