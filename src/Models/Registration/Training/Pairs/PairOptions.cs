namespace InferenceBridge.Models.Training;

/// <summary>How pairs of a template and a frame are made from clean images.</summary>
internal sealed record PairOptions
{
    /// <summary>The motion.</summary>
    public FieldOptions Field { get; init; } = new();

    /// <summary>All other differences.</summary>
    public AppearanceOptions Appearance { get; init; } = new();

    /// <summary>Least magnification (default 0.7).</summary>
    public double SmallestScale { get; init; } = 0.7;

    /// <summary>Largest magnification (default 1.4).</summary>
    public double LargestScale { get; init; } = 1.4;
}
