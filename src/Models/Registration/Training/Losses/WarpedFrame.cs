using InferenceBridge.Models.Networks;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>A frame moved back by the finest displacements, and where it can be compared with its template.</summary>
/// <param name="Values">(N, 1, Y, X).</param>
/// <param name="Valid">(N, 1, Y, X): 0 where the camera did not see what the template shows.</param>
internal sealed record WarpedFrame(Tensor Values, Tensor Valid)
{
    /// <summary>Moves a frame back.</summary>
    public static WarpedFrame Of(FlowEstimate estimate)
    {
        var flow = estimate.Flow;
        var inside = FeatureWarp.Inside(flow);
        return new WarpedFrame(FeatureWarp.Sample(estimate.Frame, flow), estimate.Weight is { } weight ? inside.mul(weight) : inside);
    }
}
