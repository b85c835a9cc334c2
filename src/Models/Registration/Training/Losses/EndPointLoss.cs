using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>
/// The distance of displacements from the true ones, √(|error|² + ε²) − ε in px (Charbonnier, Blanc-Féraud, Aubert and Barlaud, ICIP 1994), the finest
/// level's once and each coarser one's half as much as that before it.
/// </summary>
internal sealed class EndPointLoss : IFlowLoss
{
    /// <summary>Below this error in px, the loss is a parabola.</summary>
    public const double Epsilon = 0.01;

    private const double CoarserFactor = 0.5;

    public bool NeedsTruth => true;

    public Tensor Compute(FlowEstimate estimate)
    {
        var count = estimate.Flows.Count;
        return estimate.Flows
            .Select((flow, level) => Distance(flow, estimate).mul(Math.Pow(CoarserFactor, count - 1 - level)))
            .Aggregate((sum, term) => sum.add(term));
    }

    private static Tensor Distance(Tensor flow, FlowEstimate estimate) => Weighting.Mean(
        flow.sub(estimate.Target).square().sum([1L], keepdim: true).add(Epsilon * Epsilon).sqrt().sub(Epsilon), estimate.Weight);
}
