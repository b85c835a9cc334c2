using System.Security.Cryptography;
using InferenceBridge.Models.Networks;
using InferenceBridge.Models.Packages;
using static TorchSharp.torch;

namespace InferenceBridge.Server.Tests.Support;

/// <summary>Packages with a network of the program's own and new weights, so that no PyTorch is needed.</summary>
internal static class OwnPackage
{
    public const string WeightsField = "bioimageio.yaml:config.inferencebridge.network.weights";

    /// <summary>Writes a package, denoise/ID, with the weights of a RAUDen-lite that does change its input.</summary>
    /// <param name="models">Folder of the packages.</param>
    /// <param name="id">Name of its folder.</param>
    /// <param name="architecture">Which factory builds it.</param>
    /// <param name="stabilise">Whether it wants stabilised images.</param>
    /// <returns>Path of the weights.</returns>
    public static string Write(string models, string id, string architecture = "rauden-lite", bool stabilise = false)
    {
        var weights = Path.Combine(Directory.CreateDirectory(Path.Combine(models, id)).FullName, "weights.safetensors");
        using (var scope = NewDisposeScope())
        using (no_grad())
        using (var network = NetworkArchitectures.Create("rauden-lite", new Dictionary<string, string>()))
        {
            network.get_parameter("head.weight")!.normal_(0, 0.05);
            SafetensorsFile.Write(weights, network.state_dict());
        }

        Describe(weights, architecture, stabilise);
        return weights;
    }

    /// <summary>Writes the description anew, with the checksum that the weights have now.</summary>
    public static void Describe(string weights, string architecture = "rauden-lite", bool stabilise = false)
    {
        var folder = Path.GetDirectoryName(weights)!;
        var sha = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(weights)));
        File.WriteAllText(Path.Combine(folder, "bioimageio.yaml"), $$$"""
            type: model
            format_version: 0.5.4
            name: own
            inputs: [{id: raw, axes: [{type: batch}, {type: channel, channel_names: [a]}, {type: space, id: y, size: {min: 32, step: 32}}, {type: space, id: x, size: {min: 32, step: 32}}]}]
            outputs: [{id: out, axes: [{type: batch}, {type: channel, channel_names: [a]}, {type: space, id: y, size: {tensor_id: raw, axis_id: y}}, {type: space, id: x, size: {tensor_id: raw, axis_id: x}}]}]
            config:
              inferencebridge:
                operation: denoise/{{{Path.GetFileName(folder)}}}
                reach: {y: 224, x: 224}
                stabilise: {{{(stabilise ? "true" : "false")}}}
                network: {architecture: {{{architecture}}}, weights: {source: weights.safetensors, sha256: {{{sha}}}}}
            """);
    }
}
