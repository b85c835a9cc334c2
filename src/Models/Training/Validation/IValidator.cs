using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>Judges a network by images that it does not learn from.</summary>
internal interface IValidator
{
    /// <summary>Runs the network, which is in evaluation mode, without gradients.</summary>
    ValidationScore Score(nn.Module<Tensor, Tensor> network, Device device, CancellationToken cancellation);
}
