namespace InferenceBridge.Models.Training;

/// <summary>How pairs of a template and a frame are made from clean images.</summary>
internal sealed record PairOptions
{
    /// <summary>The motion.</summary>
    public FieldOptions Field { get; init; } = new();

    /// <summary>All other differences.</summary>
    public AppearanceOptions Appearance { get; init; } = new();

    /// <summary>Share of pairs whose image is a texture (default 0.2): structure everywhere, as in dense tissue.</summary>
    public double TextureShare { get; init; } = 0.2;

    /// <summary>Least magnification (default 0.7).</summary>
    public double SmallestScale { get; init; } = 0.7;

    /// <summary>Largest magnification (default 1.4).</summary>
    public double LargestScale { get; init; } = 1.4;
}
