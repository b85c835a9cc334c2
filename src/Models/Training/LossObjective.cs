using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>The difference of the network's output to the target.</summary>
internal sealed class LossObjective(ILoss loss) : IObjective
{
    public Tensor Evaluate(nn.Module<Tensor, Tensor> network, TrainingBatch batch) =>
        loss.Compute(network.call(batch.Input), batch.Target, batch.Weight);
}
