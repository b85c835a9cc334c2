namespace InferenceBridge.Models.Training;

/// <summary>Which fields of displacements are drawn.</summary>
internal sealed record FieldOptions
{
    /// <summary>Vectors in a field (default 10).</summary>
    public int Vectors { get; init; } = 10;

    /// <summary>Least standard deviation of the Gaussians that spread them, in px (default 20).</summary>
    public double SmallestSigma { get; init; } = 20;

    /// <summary>Largest standard deviation, in px (default 60).</summary>
    public double LargestSigma { get; init; } = 60;

    /// <summary>The longest displacement of a field is at least this, in px (default 0).</summary>
    public double ShortestLength { get; init; }

    /// <summary>The longest displacement of a field is at most this, in px (default 8).</summary>
    public double LargestLength { get; init; } = 8;

    /// <summary>Largest shift of the whole frame along each axis, which is added, in px (default 0).</summary>
    public double LargestShift { get; init; }

    /// <summary>How far outside of the frame vectors may stand, in px (default 0).</summary>
    public double Margin { get; init; }
}
