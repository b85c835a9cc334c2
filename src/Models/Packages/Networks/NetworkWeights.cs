using static TorchSharp.torch;

namespace InferenceBridge.Models.Packages;

/// <summary>Puts the weights of a package into one of the program's own networks.</summary>
internal static class NetworkWeights
{
    /// <summary>Overwrites all weights of a network, on any device.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.FileFormatInvalid"/>: a tensor is unknown, missing or of another shape.</exception>
    public static void Load(nn.Module module, IReadOnlyDictionary<string, Tensor> weights, string architecture)
    {
        InferenceException Fault(string what) => new(InferenceError.FileFormatInvalid, "config.inferencebridge.network.weights",
            $"config.inferencebridge.network.weights {what}, for the architecture {architecture} with these options.");

        using var withoutGradients = no_grad();
        var own = module.state_dict();
        var unknown = weights.Keys.Order(StringComparer.Ordinal).FirstOrDefault(name => !own.ContainsKey(name));
        if (unknown is not null)
        {
            throw Fault($"have a tensor \"{unknown}\"; accepted: those of the network alone");
        }

        foreach (var (name, tensor) in own)
        {
            if (!weights.TryGetValue(name, out var given))
            {
                throw Fault($"lack the tensor \"{name}\"; accepted: all of the network's");
            }

            if (!given.shape.SequenceEqual(tensor.shape))
            {
                throw Fault($"have {Size(given)} for \"{name}\"; accepted: {Size(tensor)}");
            }

            tensor.copy_(given);
        }
    }

    private static string Size(Tensor tensor) => tensor.shape.Length == 0 ? "a single number" : $"{string.Join('×', tensor.shape)} numbers";
}
