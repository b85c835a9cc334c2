using System.Security.Cryptography;
using InferenceBridge.Models.Packages;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>The weights of a package that training made.</summary>
/// <param name="Name">Name of the package.</param>
/// <param name="Sha256">SHA-256 of its weights, in lower-case hexadecimal.</param>
/// <param name="Architecture">Name of its architecture.</param>
/// <param name="Options">The architecture's settings.</param>
/// <param name="Stabilises">Whether it takes images in units of their noise.</param>
/// <param name="Tensors">The weights by name, on the CPU.</param>
internal sealed record TrainedWeights(
    string Name, string Sha256, string Architecture, IReadOnlyDictionary<string, string> Options, bool Stabilises,
    IReadOnlyDictionary<string, Tensor> Tensors) : IDisposable
{
    /// <summary>Reads a package.</summary>
    /// <param name="field">The option that names it, for messages.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="architectures">Those that are accepted.</param>
    /// <param name="maker">The command that makes such packages, for messages.</param>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.FileUnreadable"/> or <see cref="InferenceError.FileFormatInvalid"/>: no package, damaged, or another network.
    /// </exception>
    public static TrainedWeights Read(string field, string folder, IReadOnlyList<string> architectures, string maker)
    {
        var accepted = $"the folder of a package that {maker} made";
        if (!Directory.Exists(folder))
        {
            throw new InferenceException(InferenceError.FileUnreadable, field, $"{field} {folder} does not exist; accepted: {accepted}.");
        }

        var package = ModelPackage.Open(folder, NetworkFactories.All).Model;
        var description = package.Description;
        if (description.Weights.Network is not { } network || !architectures.Contains(network.Architecture))
        {
            throw new InferenceException(InferenceError.FileFormatInvalid, field,
                $"{field} {folder} is {description.Weights.Network?.Architecture ?? "TorchScript"}, which is not a network of this program's for the task; "
                + $"accepted: {accepted}, with {string.Join(" or ", architectures)}.");
        }

        var path = package.Folder.Verified(description.Weights.File, description.File);
        return new TrainedWeights(description.Name, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), network.Architecture, network.Options,
            description.Bridge.Stabilises, SafetensorsFile.Read(path));
    }

    /// <summary>Starts the training of a network from a package's weights.</summary>
    /// <param name="folder">The package's folder, the option start.</param>
    /// <param name="network">Whose weights are overwritten.</param>
    /// <param name="architectures">Those that are accepted.</param>
    /// <param name="maker">The command that makes such packages, for messages.</param>
    /// <returns>What training started from: the package's name and its weights' SHA-256.</returns>
    /// <exception cref="InferenceException">As <see cref="Read"/>; or a tensor is unknown, missing or of another shape.</exception>
    public static string Start(string folder, nn.Module network, IReadOnlyList<string> architectures, string maker)
    {
        using var weights = Read("start", folder, architectures, maker);
        NetworkWeights.Load(network, weights.Tensors, weights.Architecture);
        return $"{weights.Name} ({weights.Sha256})";
    }

    public void Dispose() => WeightCopies.Dispose(Tensors);
}
