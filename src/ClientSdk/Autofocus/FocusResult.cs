namespace InferenceBridge.Client;

/// <summary>What came of a search for the focus.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="ZMicrometres">Where the stage is now, in µm.</param>
/// <param name="Steps">Every frame, in order: together they are the score curve.</param>
public sealed record FocusResult(FocusOutcome Outcome, double ZMicrometres, IReadOnlyList<FocusStep> Steps)
{
    /// <summary>Where best focus is, in µm; null where nothing is known of it.</summary>
    public double? BestZMicrometres { get; init; }

    /// <summary>Its standard deviation, in µm; null where it is not known.</summary>
    public double? StandardDeviation { get; init; }

    /// <summary>Frames that it took.</summary>
    public int Frames => Steps.Count;

    /// <summary>What the server tells of the stream.</summary>
    public FrameStreamSummary Summary { get; init; } = new("", "");

    /// <summary>z in µm and score of every frame, in the order of z.</summary>
    public IReadOnlyList<(double Z, double Score)> Curve => [.. Steps.Select(step => (step.ZMicrometres, step.Score)).Order()];
}
