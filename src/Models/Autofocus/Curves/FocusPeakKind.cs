namespace InferenceBridge.Models;

/// <summary>Where the maximum of a focus curve lies.</summary>
public enum FocusPeakKind
{
    /// <summary>There is none: fewer than two positions, equal scores, or nothing but noise.</summary>
    None,

    /// <summary>Between the first and the last position.</summary>
    Inside,

    /// <summary>At the lowest position: the focus may lie below it.</summary>
    AtLowerEnd,

    /// <summary>At the highest position: the focus may lie above it.</summary>
    AtUpperEnd,
}
