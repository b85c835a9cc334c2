namespace InferenceBridge.Models.Training;

/// <summary>Which fields of displacements are drawn.</summary>
internal sealed record FieldOptions
{
    /// <summary>Vectors in the field of a frame (default 10).</summary>
    public int Vectors { get; init; } = 10;

    /// <summary>Least standard deviation of the Gaussians that spread them, in px (default 20).</summary>
    public double SmallestSigma { get; init; } = 20;

    /// <summary>Largest standard deviation, in px (default 60).</summary>
    public double LargestSigma { get; init; } = 60;

    /// <summary>Share of fields whose least standard deviation is 0.7 of <see cref="SmallestSigma"/> (default 0.3).</summary>
    public double FineShare { get; init; } = 0.3;

    /// <summary>Share of fields that are those of a small frame, as large as the crop, and not of a part of a large one (default 0.5).</summary>
    public double SmallFrameShare { get; init; } = 0.5;

    /// <summary>Rows and columns of the frame that other crops are parts of, in px (default 512): crops see a few of its vectors, and parts without.</summary>
    public int FrameSide { get; init; } = 512;

    /// <summary>Longest displacement in a frame, in px (default 8); some are a little longer.</summary>
    public double LongestLength { get; init; } = 8;

    /// <summary>Share of fields of 0.3 to 1.1 of <see cref="LongestLength"/> (default 0.7); the others have less than 0.375 of it.</summary>
    public double LongShare { get; init; } = 0.7;

    /// <summary>Share of pairs in which nothing moves, so that noise and brightness are not taken for motion (default 0.05).</summary>
    public double StillShare { get; init; } = 0.05;

    /// <summary>Largest shift of the whole frame along each axis, which is added, in px (default 2).</summary>
    public double LargestShift { get; init; } = 2;
}
