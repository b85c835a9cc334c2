using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>A trained denoising network.</summary>
public sealed class DenoisingTrainingResult : IDisposable
{
    internal DenoisingTrainingResult(
        DenoisingTrainingOptions options, nn.Module<Tensor, Tensor> network, IReadOnlyDictionary<string, string> networkOptions,
        DenoisingData data, TrainingOutcome outcome, Device device)
    {
        (Options, Network, NetworkOptions, Data, Outcome, Device) = (options, network, networkOptions, data, outcome, device);
    }

    /// <summary>What was asked for.</summary>
    public DenoisingTrainingOptions Options { get; }

    /// <summary>The network with its best weights, in evaluation mode.</summary>
    public nn.Module<Tensor, Tensor> Network { get; }

    /// <summary>The architecture's settings.</summary>
    public IReadOnlyDictionary<string, string> NetworkOptions { get; }

    /// <summary>How training went.</summary>
    public TrainingOutcome Outcome { get; }

    /// <summary>The device that trained.</summary>
    public Device Device { get; }

    /// <summary>Name and weights' SHA-256 of the package that it began from; null for none.</summary>
    public string? Start { get; init; }

    /// <summary>Name and weights' SHA-256 of the package that it learnt from as well; null for none.</summary>
    public string? Teacher { get; init; }

    internal DenoisingData Data { get; }

    /// <summary>Frees the network.</summary>
    public void Dispose() => Network.Dispose();
}
