namespace InferenceBridge.Models.Networks;

/// <summary>Sizes of a <see cref="FlowNetwork"/>, level by level from the image's own resolution to an eighth of it.</summary>
/// <param name="EncoderWidths">Hidden features of the encoder.</param>
/// <param name="Features">Features in which template and frame are compared.</param>
/// <param name="Solves">Times that a level compares them and solves for the field.</param>
/// <param name="Rounds">Rounds of conjugate gradients in a solve.</param>
/// <param name="RefinerWidth">Hidden features of the network that refines a level's field.</param>
/// <param name="Carried">Features that a level's refiner hands to the next level's.</param>
/// <param name="BytesPerPixel">
/// Peak memory of inference for each pixel, in bytes: 548 as measured by the resident memory of a process at 1024² px, libtorch 1.13 on a CPU.
/// </param>
internal sealed record FlowOptions(
    IReadOnlyList<int> EncoderWidths, IReadOnlyList<int> Features, int Solves, int Rounds, int RefinerWidth, int Carried, int BytesPerPixel)
{
    /// <summary>Name of the network.</summary>
    public const string Name = "flow";

    /// <summary>The sizes that packages have.</summary>
    public static FlowOptions Default { get; } = new([12, 16, 24, 32], [4, 8, 12, 16], 2, 7, 32, 16, 550);

    /// <summary>Reads the options of a package or of the tool.</summary>
    /// <exception cref="InferenceException">An option is unknown.</exception>
    public static FlowOptions From(IReadOnlyDictionary<string, string> options) => options.Keys.FirstOrDefault() is { } unknown
        ? throw new InferenceException(InferenceError.ParameterUnknown, $"network.{unknown}", $"{Name} has no option {unknown}; accepted: none.")
        : Default;
}
