using System.Security.Cryptography;
using InferenceBridge.Models.Networks;
using InferenceBridge.Models.Packages;
using TorchSharp;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>A trained network that another one learns from.</summary>
internal sealed class Teacher : IDisposable
{
    private const string Field = "teacher";
    private const string Accepted = "the folder of a package that ib train denoise made";

    private Teacher(RaudenNetwork network, string name, string sha256) => (Network, Name, Sha256) = (network, name, sha256);

    /// <summary>The network, for inference.</summary>
    public RaudenNetwork Network { get; }

    /// <summary>Name of the package.</summary>
    public string Name { get; }

    /// <summary>SHA-256 of its weights, in lower-case hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>Reads a package.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="channels">Neighbouring planes that the student sees, which have to be the teacher's.</param>
    /// <param name="device">Where the teacher is to run.</param>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.FileUnreadable"/>, <see cref="InferenceError.FileFormatInvalid"/> or <see cref="InferenceError.ShapeMismatch"/>: no
    /// package, damaged, a network of others, or one that sees other planes.
    /// </exception>
    public static Teacher Load(string folder, int channels, Device device)
    {
        if (!Directory.Exists(folder))
        {
            throw new InferenceException(InferenceError.FileUnreadable, Field, $"teacher {folder} does not exist; accepted: {Accepted}.");
        }

        var package = ModelPackage.Open(folder, NetworkFactories.All).Model;
        var description = package.Description;
        if (description.Weights.Network is not { } network || !NetworkArchitectures.Names.Contains(network.Architecture))
        {
            throw new InferenceException(InferenceError.FileFormatInvalid, Field,
                $"teacher {folder} is {description.Weights.Network?.Architecture ?? "TorchScript"}, whose features cannot be told; accepted: {Accepted}, "
                + $"with one of {string.Join(", ", NetworkArchitectures.Names)}.");
        }

        if (!description.Bridge.Stabilises)
        {
            throw new InferenceException(InferenceError.FileFormatInvalid, Field,
                $"teacher {folder} does not state \"stabilise: true\", so that it takes images of another scale than its student would; accepted: {Accepted}.");
        }

        if (description.Inputs[0].Channels is var seen && seen != channels)
        {
            throw new InferenceException(InferenceError.ShapeMismatch, Field,
                $"teacher {folder} sees {seen} planes, and channels is {channels}; accepted: a teacher that sees as many as its student.");
        }

        var path = package.Folder.Verified(description.Weights.File, description.File);
        var weights = SafetensorsFile.Read(path);
        try
        {
            var module = (RaudenNetwork)new ModuleNetworkFactory(network.Architecture).CreateModule(network.Options, weights);
            return new Teacher((RaudenNetwork)module.to(device), description.Name, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))));
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
