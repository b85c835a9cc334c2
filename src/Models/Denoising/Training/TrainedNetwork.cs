using System.Security.Cryptography;
using InferenceBridge.Models.Networks;
using InferenceBridge.Models.Packages;
using TorchSharp;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>A network of this program's own with the weights of a package that training made.</summary>
internal sealed class TrainedNetwork : IDisposable
{
    private const string Accepted = "the folder of a package that ib train denoise made";

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
        if (!Directory.Exists(folder))
        {
            throw new InferenceException(InferenceError.FileUnreadable, field, $"{field} {folder} does not exist; accepted: {Accepted}.");
        }

        var package = ModelPackage.Open(folder, NetworkFactories.All).Model;
        var description = package.Description;
        if (description.Weights.Network is not { } network || !NetworkArchitectures.Names.Contains(network.Architecture))
        {
            throw new InferenceException(InferenceError.FileFormatInvalid, field,
                $"{field} {folder} is {description.Weights.Network?.Architecture ?? "TorchScript"}, which is not a network of this program's; accepted: {Accepted}, "
                + $"with one of {string.Join(", ", NetworkArchitectures.Names)}.");
        }

        if (!description.Bridge.Stabilises)
        {
            throw new InferenceException(InferenceError.FileFormatInvalid, field,
                $"{field} {folder} does not state \"stabilise: true\", so that it takes images of another scale than training makes; accepted: {Accepted}.");
        }

        var path = package.Folder.Verified(description.Weights.File, description.File);
        var weights = SafetensorsFile.Read(path);
        try
        {
            var module = (RaudenNetwork)new ModuleNetworkFactory(network.Architecture).CreateModule(network.Options, weights);
            return new TrainedNetwork((RaudenNetwork)module.to(device), RaudenOptions.From(network.Architecture, network.Options), description.Name,
                Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))));
        }
        finally
        {
            foreach (var tensor in weights.Values)
            {
                tensor.Dispose();
            }
        }
    }

    public void Dispose() => Network.Dispose();
}
