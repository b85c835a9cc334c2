namespace InferenceBridge.Models.Networks;

/// <summary>Sizes of a <see cref="FlowNetwork"/>.</summary>
/// <param name="Widths">Features at a half, a quarter, … of the image's resolution.</param>
/// <param name="BytesPerPixel">Peak memory of inference for each pixel, in bytes.</param>
internal sealed record FlowOptions(IReadOnlyList<int> Widths, int BytesPerPixel)
{
    /// <summary>Name of the network.</summary>
    public const string Name = "flow";

    /// <summary>Reads the options of a package or of the tool.</summary>
    /// <exception cref="InferenceException">An option is unknown or out of range.</exception>
    public static FlowOptions From(IReadOnlyDictionary<string, string> options)
    {
        if (options.Keys.FirstOrDefault() is { } unknown)
        {
            throw new InferenceException(InferenceError.ParameterUnknown, $"network.{unknown}", $"{Name} has no option {unknown}; accepted: none.");
        }

        return new FlowOptions([16, 24, 32], 500);
    }
}
