using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>What a step makes smaller.</summary>
internal interface IObjective
{
    /// <summary>What is trained along with the network and dropped after training; null for nothing. It is on the network's device.</summary>
    nn.Module? Helper => null;

    /// <summary>The loss of a batch, with gradients, on the network's device.</summary>
    Tensor Evaluate(nn.Module<Tensor, Tensor> network, TrainingBatch batch);
}
