namespace InferenceBridge.Client;

/// <summary>How far a job is. Reports of one job never overlap, and come on any thread.</summary>
/// <param name="Stage">What is going on, in the server's words: "queued", "uploading", "computing", ...</param>
public sealed record RunProgress(string Stage)
{
    /// <summary>Device that is meant to run the job; null until the server has accepted it.</summary>
    public string? Device { get; init; }

    /// <summary>How the server means to run the job; null until it has accepted it.</summary>
    public RunPlan? Plan { get; init; }

    /// <summary>Number of the attempt, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Place in the server's queue while the job waits for others, 1 for the next; else 0.</summary>
    public int QueuePosition { get; init; }

    /// <summary>Wait that the server estimates while the job waits; null where it does not wait or nobody knows.</summary>
    public TimeSpan? EstimatedWait { get; init; }

    /// <summary>Planes of all inputs that have been sent.</summary>
    public long PlanesSent { get; init; }

    /// <summary>Planes of all inputs.</summary>
    public long PlanesToSend { get; init; }

    /// <summary>Planes of the result that the server has computed.</summary>
    public long PlanesComputed { get; init; }

    /// <summary>Iterations that the server has done on the tile that it computes now; 0 where the operation does not iterate.</summary>
    public int Iteration { get; init; }

    /// <summary>Iterations on a tile at most; 0 where the operation does not iterate.</summary>
    public int Iterations { get; init; }

    /// <summary>Part of the result that the server has computed, from 0 to 1, iterations on a tile included.</summary>
    public double FractionComputed { get; init; }

    /// <summary>Planes of the result that have arrived and been written.</summary>
    public long PlanesReceived { get; init; }

    /// <summary>Planes of the result; 0 until the server has accepted the job.</summary>
    public long PlanesTotal { get; init; }
}
