namespace InferenceBridge.Client;

/// <summary>How a server means to run a job, as it tells before it begins.</summary>
/// <param name="Device">Device that is meant to run it.</param>
/// <param name="Tiles">Number of tiles, over all frames and channels.</param>
/// <param name="PredictedMemoryBytes">Memory that the job is predicted to take, on the device and in the server together, in bytes.</param>
public sealed record RunPlan(string Device, long Tiles, long PredictedMemoryBytes)
{
    /// <summary>Slices, rows and columns of a tile without its halo; those at the far faces may have fewer.</summary>
    public (long Z, long Y, long X) TileSize { get; init; }

    /// <summary>Voxels that a tile sees beyond its core on each side.</summary>
    public (long Z, long Y, long X) Halo { get; init; }

    /// <summary>Whether the whole image goes to the server's disk before computing begins.</summary>
    public bool Spools { get; init; }
}
