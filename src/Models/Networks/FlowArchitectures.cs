namespace InferenceBridge.Models.Networks;

/// <summary>Networks that find motion, by the names that packages and the tool know them by.</summary>
public static class FlowArchitectures
{
    /// <summary>Names of the architectures, for messages.</summary>
    public static IReadOnlyList<string> Names { get; } = [FlowOptions.Name];

    /// <summary>Builds a network with new weights.</summary>
    /// <param name="architecture">One of <see cref="Names"/>.</param>
    /// <param name="options">Settings by name.</param>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.ParameterUnknown"/> or <see cref="InferenceError.ParameterOutOfRange"/>: the name or an option.
    /// </exception>
    internal static FlowNetwork Create(string architecture, IReadOnlyDictionary<string, string> options) =>
        Names.Contains(architecture)
            ? new FlowNetwork(FlowOptions.From(options))
            : throw new InferenceException(InferenceError.ParameterOutOfRange, "network",
                $"The network is \"{architecture}\"; accepted: {string.Join(", ", Names)}.");
}
