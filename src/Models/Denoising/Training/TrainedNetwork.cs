using InferenceBridge.Models.Networks;
using InferenceBridge.Models.Packages;
using TorchSharp;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>A network of this program's own with the weights of a package that training made.</summary>
internal sealed class TrainedNetwork : IDisposable
{
    private const string Maker = "ib train denoise";

    private TrainedNetwork(RaudenNetwork network, RaudenOptions options, string name, string sha256) =>
        (Network, Options, Name, Sha256) = (network, options, name, sha256);

    /// <summary>The network, for inference.</summary>
    public RaudenNetwork Network { get; }

    /// <summary>Its sizes.</summary>
    public RaudenOptions Options { get; }

    /// <summary>Name of the package.</summary>
    public string Name { get; }

    /// <summary>SHA-256 of its weights, in lower-case hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>Reads a package.</summary>
    /// <param name="field">The option that names it, for messages.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="device">Where the network is to run.</param>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.FileUnreadable"/> or <see cref="InferenceError.FileFormatInvalid"/>: no package, damaged, or a network of others.
    /// </exception>
    public static TrainedNetwork Load(string field, string folder, Device device)
    {
        using var weights = TrainedWeights.Read(field, folder, NetworkArchitectures.Names, Maker);
        if (!weights.Stabilises)
        {
            throw new InferenceException(InferenceError.FileFormatInvalid, field,
                $"{field} {folder} does not state \"stabilise: true\", so that it takes images of another scale than training makes; accepted: the folder of a package that {Maker} made.");
        }

        var module = (RaudenNetwork)new ModuleNetworkFactory(weights.Architecture).CreateModule(weights.Options, weights.Tensors);
        return new TrainedNetwork((RaudenNetwork)module.to(device), RaudenOptions.From(weights.Architecture, weights.Options), weights.Name, weights.Sha256);
    }

    public void Dispose() => Network.Dispose();
}
