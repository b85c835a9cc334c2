using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>
/// The mean squared difference between template and moved frame, where the frame has it, each brought to mean 0 and deviation 1 there: cameras
/// differ in gain and offset.
/// </summary>
internal sealed class WarpedSquaredLoss : IFlowLoss
{
    public Tensor Compute(FlowEstimate estimate)
    {
        var warped = WarpedFrame.Of(estimate);
        var difference = Standardised(warped.Values, warped.Valid).sub(Standardised(estimate.Template, warped.Valid));
        return Weighting.Mean(difference.square(), warped.Valid);
    }

    private static Tensor Standardised(Tensor image, Tensor valid)
    {
        var count = valid.sum([2L, 3L], keepdim: true).clamp_min(1);
        var centred = image.sub(image.mul(valid).sum([2L, 3L], keepdim: true).div(count));
        var variance = centred.square().mul(valid).sum([2L, 3L], keepdim: true).div(count);
        return centred.div(variance.add(1e-8).sqrt());
    }
}
