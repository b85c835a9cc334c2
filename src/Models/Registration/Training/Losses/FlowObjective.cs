using InferenceBridge.Models.Networks;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>A sum of losses of the displacements that a network finds in pairs.</summary>
/// <param name="terms">Losses with their factors, at least one.</param>
internal sealed class FlowObjective(IReadOnlyList<(double Factor, IFlowLoss Loss)> terms) : IObjective
{
    /// <summary>Whether the true displacements have to be known.</summary>
    public bool NeedsTruth => terms.Any(term => term.Loss.NeedsTruth);

    public Tensor Evaluate(nn.Module<Tensor, Tensor> network, TrainingBatch batch)
    {
        var estimate = new FlowEstimate(
            batch.Input.narrow(1, MotionPair.TemplateChannel, 1), batch.Input.narrow(1, MotionPair.FrameChannel, 1),
            ((FlowNetwork)network).Levels(batch.Input), batch.Target, batch.Weight);
        return terms.Select(term => term.Loss.Compute(estimate).mul(term.Factor)).Aggregate((sum, term) => sum.add(term));
    }
}
