using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>One objective for batches whose displacements are known, another for those whose are not.</summary>
internal sealed class PairObjective(IObjective known, IObjective unknown) : IObjective
{
    public Tensor Evaluate(nn.Module<Tensor, Tensor> network, TrainingBatch batch) =>
        (batch.Target.shape[1] > 0 ? known : unknown).Evaluate(network, batch);
}
