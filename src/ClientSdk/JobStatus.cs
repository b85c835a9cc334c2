namespace InferenceBridge.Client;

/// <summary>A job that runs or waits on a server.</summary>
/// <param name="Id">The id that the server's log and traces use.</param>
/// <param name="State">What it is about.</param>
public sealed record JobStatus(string Id, JobState State)
{
    /// <summary>Id of the operation; empty while the job is starting.</summary>
    public string Operation { get; init; } = "";

    /// <summary>Whose job it is, as the server's limits by client see it.</summary>
    public string Client { get; init; } = "";

    /// <summary>Device that runs it; empty while the job is starting.</summary>
    public string Device { get; init; } = "";

    /// <summary>Planes of all inputs received so far.</summary>
    public long PlanesReceived { get; init; }

    /// <summary>Planes of the result computed so far.</summary>
    public long PlanesComputed { get; init; }

    /// <summary>Planes of the result in all.</summary>
    public long PlanesTotal { get; init; }

    /// <summary>Tiles computed so far; more than planned where tiles had to be halved.</summary>
    public long TilesComputed { get; init; }

    /// <summary>Tiles planned.</summary>
    public long TilesTotal { get; init; }

    /// <summary>Pixels received so far, in bytes.</summary>
    public long BytesReceived { get; init; }

    /// <summary>Pixels of the result sent so far, in bytes.</summary>
    public long BytesSent { get; init; }

    /// <summary>Time since the call began.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Time until the last plane is computed, at the pace so far; null while nothing is computed.</summary>
    public TimeSpan? Left { get; init; }

    /// <summary>Memory that it is predicted to take on the device and in the server, in bytes.</summary>
    public long PredictedMemoryBytes { get; init; }

    /// <summary>Place in the queue, 1 for the one who comes next; 0 where it does not queue.</summary>
    public long QueuePosition { get; init; }

    /// <summary>Time until it will leave the queue; null where it does not queue, and while that is not known.</summary>
    public TimeSpan? Wait { get; init; }
}

/// <summary>What a job is about.</summary>
public enum JobState
{
    /// <summary>A state that this version of the SDK does not know.</summary>
    Unknown,

    /// <summary>Its declaration is still to come or being checked.</summary>
    Starting,

    /// <summary>It waits for a place.</summary>
    Queued,

    /// <summary>The server receives planes and cannot compute yet.</summary>
    Uploading,

    /// <summary>The server receives the image to its disk first, for a statistic over the whole of it.</summary>
    Spooling,

    /// <summary>It computes, and perhaps still receives.</summary>
    Computing,

    /// <summary>The client takes the last results.</summary>
    Sending,
}
