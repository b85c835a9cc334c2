using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>Cross entropy between the network's classes and <see cref="DefocusLabels"/>.</summary>
internal sealed class DefocusObjective : IObjective
{
    public Tensor Evaluate(nn.Module<Tensor, Tensor> network, TrainingBatch batch)
    {
        using var scope = NewDisposeScope();
        return (batch.Target * network.call(batch.Input).log_softmax(1)).sum([1]).mean().neg().MoveToOuterDisposeScope();
    }
}
