namespace InferenceBridge.Server.Monitoring;

/// <summary>What is known of a live job at one moment.</summary>
internal sealed record JobSnapshot(string Id, string Client)
{
    /// <summary>Empty until the declaration has been checked.</summary>
    public string Operation { get; init; } = "";

    /// <summary>Empty until the job is accepted.</summary>
    public string Device { get; init; } = "";

    public JobPhase Phase { get; init; }

    /// <summary>Place in the queue, 1 for the one who comes next; 0 where it does not queue.</summary>
    public long QueuePosition { get; init; }

    /// <summary>Estimated wait in the queue; null where there is none or it is not known.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>Memory that it was predicted to take, on the device and in the server.</summary>
    public long PredictedMemoryBytes { get; init; }

    public long PlanesReceived { get; init; }

    public long PlanesComputed { get; init; }

    public long PlanesTotal { get; init; }

    public long TilesComputed { get; init; }

    public long TilesTotal { get; init; }

    public long BytesReceived { get; init; }

    public long BytesSent { get; init; }

    public TimeSpan Elapsed { get; init; }

    /// <summary>Time that computing has taken so far, waits for planes and for the device included.</summary>
    public TimeSpan Computing { get; init; }

    /// <summary>Time until the last plane is computed, at the pace so far; null while nothing is computed.</summary>
    public TimeSpan? Left => PlanesComputed == 0 ? null : Computing * ((double)(PlanesTotal - PlanesComputed) / PlanesComputed);
}
