using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>
/// 1 − SSIM (Wang, Bovik, Sheikh and Simoncelli, IEEE Trans. Image Process. 13, 600 (2004)): a Gaussian window of 11 × 11 with σ 1.5, K1
/// 0.01, K2 0.03, over the pixels whose window lies inside. The range of intensities is that of each target, at least 1e-3.
/// </summary>
internal sealed class SimilarityLoss : ILoss
{
    private const int Taps = 11;
    private const double Sigma = 1.5;
    private const double LeastRange = 1e-3;

    public bool TakesSinglePixels => false;

    public Tensor Compute(Tensor output, Tensor target, Tensor? weight)
    {
        if (output.shape[2] < Taps || output.shape[3] < Taps)
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, "crop",
                $"The SSIM loss got crops of {output.shape[2]}×{output.shape[3]} pixels; accepted: at least {Taps}×{Taps}.");
        }

        var range = (target.amax([1, 2, 3], keepdim: true) - target.amin([1, 2, 3], keepdim: true)).clamp_min(LeastRange);

        // SSIM does not depend on a common offset in its variances, yet it does in its means: those are taken from the darkest pixel,
        // since the intensities here are centred, and a mean around 0 would make the first factor meaningless.
        var darkest = target.amin([1, 2, 3], keepdim: true);
        var (x, y) = (output - darkest, target - darkest);
        var count = output.shape[0];
        var filtered = Blur(cat([x, y, x * x, y * y, x * y], 0));
        var (mx, my) = (filtered.narrow(0, 0, count), filtered.narrow(0, count, count));
        var xx = filtered.narrow(0, 2 * count, count) - (mx * mx);
        var yy = filtered.narrow(0, 3 * count, count) - (my * my);
        var xy = filtered.narrow(0, 4 * count, count) - (mx * my);
        var (c1, c2) = ((0.01 * range).square(), (0.03 * range).square());
        var similarity = ((2 * mx * my) + c1) * ((2 * xy) + c2) / (((mx * mx) + (my * my) + c1) * (xx + yy + c2));
        return 1 - Weighting.Mean(similarity, weight?.narrow(2, Taps / 2, similarity.shape[2]).narrow(3, Taps / 2, similarity.shape[3]));
    }

    private static Tensor Blur(Tensor images)
    {
        var weights = Enumerable.Range(0, Taps).Select(i => Math.Exp(-0.5 * Math.Pow((i - (Taps / 2)) / Sigma, 2))).ToArray();
        var total = weights.Sum();
        var kernel = tensor(weights.Select(weight => weight / total).ToArray(), images.dtype, images.device);
        return nn.functional.conv2d(
            nn.functional.conv2d(images, kernel.reshape(1, 1, Taps, 1)), kernel.reshape(1, 1, 1, Taps));
    }
}
