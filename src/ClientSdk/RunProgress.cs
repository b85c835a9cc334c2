namespace InferenceBridge.Client;

/// <summary>How far a job is. Reports of one job never overlap, and come on any thread.</summary>
/// <param name="Stage">What is going on, in the server's words: "uploading", "computing", "estimating noise", ...</param>
public sealed record RunProgress(string Stage)
{
    /// <summary>Device that is meant to run the job; null until the server has accepted it.</summary>
    public string? Device { get; init; }

    /// <summary>Number of the attempt, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Planes of all inputs that have been sent.</summary>
    public long PlanesSent { get; init; }

    /// <summary>Planes of all inputs.</summary>
    public long PlanesToSend { get; init; }

    /// <summary>Planes of the result that the server has computed.</summary>
    public long PlanesComputed { get; init; }

    /// <summary>Planes of the result that have arrived and been written.</summary>
    public long PlanesReceived { get; init; }

    /// <summary>Planes of the result; 0 until the server has accepted the job.</summary>
    public long PlanesTotal { get; init; }
}
