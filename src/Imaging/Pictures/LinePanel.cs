namespace InferenceBridge.Imaging;

/// <summary>Curves over one axis of values.</summary>
/// <param name="Caption">What they show, and in which unit.</param>
/// <param name="Traces">Drawn one over the other, the last on top.</param>
public sealed record LinePanel(string Caption, IReadOnlyList<LineTrace> Traces)
{
    /// <summary>Where an upright line stands; null for none. One beyond the axis is not drawn.</summary>
    public double? Mark { get; init; }

    /// <summary>How far a paler band reaches to each side of the line.</summary>
    public double MarkReach { get; init; }

    /// <summary>A value that the axis reaches in any case; null for none.</summary>
    public double? Reaches { get; init; }
}
