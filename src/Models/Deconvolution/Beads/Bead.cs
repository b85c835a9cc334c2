namespace InferenceBridge.Models;

/// <summary>A spot of a stack of beads. Positions and widths are in voxels along z, y and x.</summary>
/// <param name="Centre">Sub-voxel centre.</param>
/// <param name="Peak">Brightest smoothed voxel above the background.</param>
/// <param name="Width">Full width at half maximum; NaN where the spot is cut off.</param>
internal sealed record Bead(Position Centre, double Peak, Position Width)
{
    /// <summary>Why it is not used; null where it is.</summary>
    public string? Fault { get; init; }
}

/// <summary>Three numbers along z, y and x.</summary>
internal readonly record struct Position(double Z, double Y, double X)
{
    public bool IsWithin(Position other, Position reach) =>
        Math.Abs(Z - other.Z) < reach.Z && Math.Abs(Y - other.Y) < reach.Y && Math.Abs(X - other.X) < reach.X;

    public static Position operator *(Position position, double factor) => new(position.Z * factor, position.Y * factor, position.X * factor);
}
