using static TorchSharp.torch;

namespace InferenceBridge.Models.Networks;

/// <summary>Networks by the names that packages and the tool know them by.</summary>
public static class NetworkArchitectures
{
    /// <summary>Names of the architectures, for messages.</summary>
    public static IReadOnlyList<string> Names { get; } = [RaudenOptions.Full, RaudenOptions.Lite];

    /// <summary>Builds a network with new weights.</summary>
    /// <param name="architecture">One of <see cref="Names"/>.</param>
    /// <param name="options">Settings by name, such as "channels" = "1".</param>
    /// <returns>Input (N, channels, Y, X) float32 of any size; output (N, 1, Y, X).</returns>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.ParameterUnknown"/> or <see cref="InferenceError.ParameterOutOfRange"/>: the name or an option.
    /// </exception>
    public static nn.Module<Tensor, Tensor> Create(string architecture, IReadOnlyDictionary<string, string> options) =>
        Names.Contains(architecture)
            ? new RaudenNetwork(RaudenOptions.From(architecture, options))
            : throw new InferenceException(InferenceError.ParameterOutOfRange, "network",
                $"The network is \"{architecture}\"; accepted: {string.Join(", ", Names)}.");
}
