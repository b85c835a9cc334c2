using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>
/// 1 − the mean local correlation between template and moved frame: Pearson's in windows of 9×9 px that lie wholly where the frame can be compared,
/// which does not see changes of brightness that are slower than that. As in Balakrishnan et al., "VoxelMorph", IEEE Trans. Med. Imaging 38, 1788
/// (2019), but with its sign: contrast does not turn round.
/// </summary>
internal sealed class WarpedCorrelationLoss : IFlowLoss
{
    /// <summary>Side of the windows in px.</summary>
    public const int Window = 9;

    // Of an image's variance: windows without structure have no correlation.
    private const double LeastVariance = 1e-4;

    public Tensor Compute(FlowEstimate estimate)
    {
        if (estimate.Template.shape[2] < Window || estimate.Template.shape[3] < Window)
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, "crop",
                $"The loss lncc got crops of {estimate.Template.shape[2]}×{estimate.Template.shape[3]} pixels; accepted: at least {Window}×{Window}.");
        }

        var warped = WarpedFrame.Of(estimate);
        var (a, b) = (Centred(estimate.Template), Centred(warped.Values));
        var (meanA, meanB) = (Mean(a), Mean(b));
        var (varianceA, varianceB) = (Variance(a, meanA), Variance(b, meanB));
        var covariance = Mean(a.mul(b)).sub(meanA.mul(meanB));
        var correlation = covariance.div(varianceA.mul(varianceB).sqrt());

        // A window counts where all of it can be compared.
        return 1 - Weighting.Mean(correlation, Mean(warped.Valid).ge(1 - 1e-4).to_type(a.dtype));
    }

    // Numbers near 0 keep the digits that the difference of squares would lose.
    private static Tensor Centred(Tensor image)
    {
        var centred = image.sub(image.mean([2L, 3L], keepdim: true).detach());
        return centred.div(centred.square().mean([2L, 3L], keepdim: true).detach().add(1e-12).sqrt());
    }

    private static Tensor Variance(Tensor image, Tensor mean) => Mean(image.square()).sub(mean.square()).clamp_min(0).add(LeastVariance);

    private static Tensor Mean(Tensor image) => nn.functional.avg_pool2d(image, Window, stride: 1);
}
