using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>A trained network that tells the defocus.</summary>
public sealed class DefocusTrainingResult : IDisposable
{
    internal DefocusTrainingResult(
        DefocusTrainingOptions options, nn.Module<Tensor, Tensor> network, DefocusData data, DefocusValidator validator, TrainingOutcome outcome, Device device)
    {
        (Options, Network, Data, Validator, Outcome, Device) = (options, network, data, validator, outcome, device);
    }

    /// <summary>What was asked for.</summary>
    public DefocusTrainingOptions Options { get; }

    /// <summary>How training went.</summary>
    public TrainingOutcome Outcome { get; }

    /// <summary>The device that trained.</summary>
    public Device Device { get; }

    /// <summary>Name and weights' SHA-256 of the package that it began from; null for none.</summary>
    public string? Start { get; init; }

    /// <summary>The network with its best weights, in evaluation mode.</summary>
    internal nn.Module<Tensor, Tensor> Network { get; }

    internal DefocusData Data { get; }

    internal DefocusValidator Validator { get; }

    /// <summary>Frees the network.</summary>
    public void Dispose() => Network.Dispose();
}
