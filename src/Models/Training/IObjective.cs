using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>What a step makes smaller.</summary>
internal interface IObjective
{
    /// <summary>The loss of a batch, with gradients, on the network's device.</summary>
    Tensor Evaluate(nn.Module<Tensor, Tensor> network, TrainingBatch batch);
}
