namespace InferenceBridge.Imaging;

/// <summary>How a virtual stage behaves.</summary>
public sealed record VirtualStageOptions
{
    /// <summary>Lower end of its travel, in µm (default −1000).</summary>
    public double Minimum { get; init; } = -1000;

    /// <summary>Upper end of its travel, in µm (default 1000).</summary>
    public double Maximum { get; init; } = 1000;

    /// <summary>Play of its drive in µm (0 or more; default 0): a change of direction loses as much.</summary>
    public double Backlash { get; init; }

    /// <summary>Standard deviation of where it stops, in µm (default 0).</summary>
    public double Repeatability { get; init; }

    /// <summary>What a move takes, in seconds (default 0.05).</summary>
    public double LatencySeconds { get; init; } = 0.05;

    /// <summary>How fast the focus runs away, in µm a second (default 0).</summary>
    public double Drift { get; init; }

    /// <summary>Moves after which it is stuck and reports where it is; null for never.</summary>
    public int? StuckAfterMoves { get; init; }
}
