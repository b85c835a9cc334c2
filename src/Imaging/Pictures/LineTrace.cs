namespace InferenceBridge.Imaging;

/// <summary>A curve through points at any places.</summary>
/// <param name="Name">What it is, in a few words.</param>
/// <param name="Colour">How it is drawn.</param>
/// <param name="Points">From left to right, finite.</param>
public sealed record LineTrace(string Name, TraceColour Colour, IReadOnlyList<(double X, double Y)> Points)
{
    /// <summary>Whether each point is marked, not only joined to the next.</summary>
    public bool HasMarks { get; init; }

    /// <summary>Whether points are joined.</summary>
    public bool IsJoined { get; init; } = true;
}
