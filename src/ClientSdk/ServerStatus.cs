namespace InferenceBridge.Client;

/// <summary>What a server is doing at one moment.</summary>
/// <param name="Version">Semantic version of the server, such as "0.1.0".</param>
/// <param name="Uptime">Time since it started.</param>
public sealed record ServerStatus(string Version, TimeSpan Uptime)
{
    /// <summary>The device that jobs are meant for first, then those that take over.</summary>
    public IReadOnlyList<DeviceStatus> Devices { get; init; } = [];

    /// <summary>Jobs that wait for a place.</summary>
    public int QueueLength { get; init; }

    /// <summary>Jobs that may run at once.</summary>
    public int MaxConcurrentJobs { get; init; }

    /// <summary>Jobs that run or wait, the oldest first.</summary>
    public IReadOnlyList<JobStatus> Jobs { get; init; } = [];

    /// <summary>Jobs that have ended since the server started.</summary>
    public JobTotals Totals { get; init; } = new(0, 0, 0, 0);
}

/// <summary>A device of a server at one moment.</summary>
/// <param name="Id">"cpu", "cuda:0", ...</param>
/// <param name="Name">The processor's or the card's name.</param>
/// <param name="MemoryBytes">Memory in bytes, of the whole machine for a CPU; 0 where it is not known.</param>
/// <param name="MemoryUsedBytes">Bytes in use, by the server's process for a CPU; 0 where it is not known.</param>
/// <param name="WaitingTiles">Jobs of which a tile waits for its turn.</param>
/// <param name="IsLost">True where the device failed for good: it is not used until the server restarts.</param>
public sealed record DeviceStatus(string Id, string Name, long MemoryBytes, long MemoryUsedBytes, int WaitingTiles, bool IsLost);

/// <summary>Jobs that have ended, by how they ended.</summary>
/// <param name="Completed">With a result.</param>
/// <param name="Refused">For what was asked or sent, or for want of resources.</param>
/// <param name="Cancelled">By the client or by a stopping server.</param>
/// <param name="Failed">Unexpectedly.</param>
public sealed record JobTotals(long Completed, long Refused, long Cancelled, long Failed);
