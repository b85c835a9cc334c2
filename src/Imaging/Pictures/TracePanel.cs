namespace InferenceBridge.Imaging;

/// <summary>Traces over one axis of values.</summary>
/// <param name="Caption">What they show, and in which unit.</param>
/// <param name="Traces">At least one.</param>
public sealed record TracePanel(string Caption, IReadOnlyList<Trace> Traces)
{
    /// <summary>Where a broken line runs across; null for none.</summary>
    public double? Threshold { get; init; }

    /// <summary>A value that the axis reaches in any case, such as 0 or 1; null for none.</summary>
    public double? Reaches { get; init; }
}
