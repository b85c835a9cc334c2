using static TorchSharp.torch;

namespace InferenceBridge.Models.Packages;

/// <summary>Builds networks of one architecture for packages whose description names it under config.inferencebridge.network.</summary>
public interface INetworkFactory
{
    /// <summary>Name of the architecture: "rauden".</summary>
    string Architecture { get; }

    /// <summary>Builds a network with its weights, for inference.</summary>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.FileFormatInvalid"/>: an option or a tensor is unknown, missing or of another shape; it names which.
    /// </exception>
    IPackageNetwork Create(NetworkRequest request);
}

/// <summary>What a network is built from.</summary>
/// <param name="Options">Settings as the description has them.</param>
/// <param name="Weights">Tensors by name, on the CPU; the factory copies or takes what it needs, the caller disposes of them.</param>
/// <param name="Device">Where the network is to run.</param>
public sealed record NetworkRequest(
    IReadOnlyDictionary<string, string> Options, IReadOnlyDictionary<string, Tensor> Weights, Device Device);

/// <summary>A network on a device, for inference. It is used by several jobs at once.</summary>
public interface IPackageNetwork : IDisposable
{
    /// <summary>Width of the network at full resolution, in channels, from which its memory is estimated; 0 where it is not known.</summary>
    int Width { get; }

    /// <summary>Peak memory for each pixel of its input, in bytes, where it was measured; 0 where it was not.</summary>
    int BytesPerPixel => 0;

    /// <summary>Runs it.</summary>
    /// <param name="inputs">Tensors in the order and with the axes that the description states, on the network's device.</param>
    /// <returns>Tensors in the order of the description's outputs; the caller owns them.</returns>
    IReadOnlyList<Tensor> Forward(IReadOnlyList<Tensor> inputs);
}
