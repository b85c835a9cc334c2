using InferenceBridge.Models.Networks;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>A trained registration network.</summary>
public sealed class RegistrationTrainingResult : IDisposable
{
    internal RegistrationTrainingResult(
        RegistrationTrainingOptions options, FlowNetwork network, RegistrationData data, FlowValidator validator, TrainingOutcome outcome, Device device)
    {
        (Options, Network, Data, Validator, Outcome, Device) = (options, network, data, validator, outcome, device);
    }

    /// <summary>What was asked for.</summary>
    public RegistrationTrainingOptions Options { get; }

    /// <summary>How training went.</summary>
    public TrainingOutcome Outcome { get; }

    /// <summary>The device that trained.</summary>
    public Device Device { get; }

    /// <summary>Name and weights' SHA-256 of the package that it began from; null for none.</summary>
    public string? Start { get; init; }

    /// <summary>The network with its best weights, in evaluation mode.</summary>
    internal FlowNetwork Network { get; }

    internal RegistrationData Data { get; }

    internal FlowValidator Validator { get; }

    /// <summary>Frees the network.</summary>
    public void Dispose() => Network.Dispose();
}
