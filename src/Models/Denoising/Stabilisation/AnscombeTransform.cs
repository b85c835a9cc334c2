using InferenceBridge.Imaging;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// The generalised Anscombe transform, which gives Poisson noise with Gaussian read noise a standard deviation of about 1, and the
/// closed-form approximation of its exact unbiased inverse. M. Mäkitalo and A. Foi, "Optimal inversion of the generalized
/// Anscombe transformation for Poisson-Gaussian noise", IEEE Trans. Image Process. 22, 91 (2013), and, for the closed form, "A closed-form
/// approximation of the exact unbiased inverse of the Anscombe variance-stabilizing transformation", ibid. 20, 2697 (2011).
/// </summary>
/// <param name="Gain">ADU for one photon, above 0.</param>
/// <param name="Offset">ADU without light.</param>
/// <param name="ReadNoise">Standard deviation in ADU without light.</param>
internal sealed record AnscombeTransform(double Gain, double Offset, double ReadNoise)
{
    /// <summary>
    /// The transform for an estimated law with a gain above 0. Offset and read noise enter a variance only together, so all of
    /// it is put down to the offset.
    /// </summary>
    public static AnscombeTransform From(NoiseLaw law) => new(law.Gain, law.NoiselessValue, 0);

    private double ReadVariance => ReadNoise / Gain * (ReadNoise / Gain);

    /// <summary>2 √(max(0, p + 3/8 + σ²)) of p photons, where p = (value − offset) / gain and σ is the read noise in photons.</summary>
    public Tensor Forward(Tensor image) => image
        .sub(Offset).div_(Gain).add_(0.375 + ReadVariance).clamp_min_(0).sqrt_().mul_(2);

    /// <summary>
    /// D² / 4 + √(3/2) / (4 D) − 11 / (8 D²) + 5 √(3/2) / (8 D³) − 1/8 − σ², in photons and at least 0, then back in ADU. Below
    /// 2 √(3/8), the transform of no photon at all, D counts as that.
    /// </summary>
    public Tensor Inverse(Tensor transformed)
    {
        var root = Math.Sqrt(1.5);
        var value = transformed.clamp_min(2 * Math.Sqrt(0.375));
        var reciprocal = value.reciprocal();

        // Horner's scheme in 1 / D.
        var tail = reciprocal.mul(0.625 * root).sub_(1.375).mul_(reciprocal).add_(0.25 * root).mul_(reciprocal);
        return value.square_().mul_(0.25).add_(tail).sub_(0.125 + ReadVariance).clamp_min_(0).mul_(Gain).add_(Offset);
    }

    /// <summary>The plain algebraic inverse, which gives noisy values back as they were, where none was below the least that has a transform.</summary>
    public Tensor Undo(Tensor transformed) => transformed.div(2).square_().sub_(0.375 + ReadVariance).mul_(Gain).add_(Offset);

    /// <summary>As <see cref="Forward"/>, for one value.</summary>
    public double Transform(double value) => 2 * Math.Sqrt(Math.Max(0, ((value - Offset) / Gain) + 0.375 + ReadVariance));

    /// <summary>
    /// The mean of what noisy values around a noise-free one are taken to: where <see cref="Inverse"/> gives that value, found by Newton's
    /// method. Values of no photons and below give the same.
    /// </summary>
    public double Expected(double mean)
    {
        var root = Math.Sqrt(1.5);
        var photons = Math.Max(0, (mean - Offset) / Gain) + 0.125 + ReadVariance;
        var least = 2 * Math.Sqrt(0.375);
        var value = Math.Max(least, 2 * Math.Sqrt(photons + 0.25));
        for (var round = 0; round < 6; round++)
        {
            var r = 1 / value;
            var error = (value * value / 4) + (r * ((0.25 * root) + (r * (-1.375 + (r * 0.625 * root))))) - photons;
            var slope = (value / 2) + (r * r * ((-0.25 * root) + (r * (2.75 - (r * 1.875 * root)))));
            value = Math.Max(least, value - (error / slope));
        }

        return value;
    }
}
