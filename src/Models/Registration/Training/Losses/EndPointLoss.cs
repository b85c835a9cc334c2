using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>
/// The distance of displacements from the true ones, √(|error|² + ε²) in px (Charbonnier, Blanc-Féraud, Aubert and Barlaud, ICIP 1994). The finest level
/// counts once and each coarser one 0.7 times as much as that before it; what a level had before its refiner counts half. What the frame does not show
/// counts half too, as fields have to be continued there.
/// </summary>
internal sealed class EndPointLoss : IFlowLoss
{
    /// <summary>Below this error in px, the loss is a parabola.</summary>
    public const double Epsilon = 0.01;

    private const double CoarserFactor = 0.7;
    private const double SolvedFactor = 0.5;
    private const double UnseenFactor = 0.5;

    public bool NeedsTruth => true;

    public Tensor Compute(FlowEstimate estimate)
    {
        var count = estimate.Levels.Count;
        var weight = estimate.Weight?.mul(1 - UnseenFactor).add(UnseenFactor);
        return estimate.Levels
            .Select((level, i) => Distance(level.Refined, estimate.Target, weight).add(Distance(level.Solved, estimate.Target, weight).mul(SolvedFactor))
                .mul(Math.Pow(CoarserFactor, count - 1 - i)))
            .Aggregate((sum, term) => sum.add(term));
    }

    private static Tensor Distance(Tensor flow, Tensor target, Tensor? weight) => Weighting.Mean(
        flow.sub(target).square().sum([1L], keepdim: true).add(Epsilon * Epsilon).sqrt(), weight);
}
