namespace InferenceBridge.Imaging;

/// <summary>Voxels that a tile must see beyond its core, on each side along an axis.</summary>
/// <param name="Z">Slices.</param>
/// <param name="Y">Rows.</param>
/// <param name="X">Columns.</param>
public readonly record struct Halo(int Z, int Y, int X)
{
    /// <summary>No halo: every voxel depends on itself only.</summary>
    public static Halo None => default;
}
