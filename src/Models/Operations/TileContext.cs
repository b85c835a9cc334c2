namespace InferenceBridge.Models;

/// <summary>What a job is told with a tile.</summary>
/// <param name="Channel">Channel of the image that the tile is of, from 0.</param>
/// <param name="Cancellation">Looked at often enough that a device is free within the time of one iteration.</param>
public readonly record struct TileContext(int Channel, CancellationToken Cancellation)
{
    /// <summary>Where the tile lies in its stack; null where it is the whole stack.</summary>
    public InferenceBridge.Imaging.Tile? Place { get; init; }

    /// <summary>
    /// Told the number of iterations that are done and that will be done at most, after each of them, by a job that iterates; null
    /// where nobody listens.
    /// </summary>
    public Action<int, int>? Iterated { get; init; }

    /// <summary>
    /// Told how many blocks a network was given at once, those of other jobs included, by the job that ran it; null where nobody listens.
    /// </summary>
    public Action<int>? Batched { get; init; }

    /// <summary>
    /// True for a tile that was computed before as parts of others and is computed again to see how far these are from the whole: a job
    /// counts it nowhere, and what it decides by the tiles that come first it decides anew, as for the whole as best it knows.
    /// </summary>
    public bool IsProbe { get; init; }
}
