namespace InferenceBridge.Server.Monitoring;

/// <summary>How a job ended.</summary>
internal enum JobOutcome
{
    /// <summary>A summary was sent.</summary>
    Completed,

    /// <summary>Refused for what was asked or sent, or for want of resources.</summary>
    Refused,

    /// <summary>The client or a stopping server gave up.</summary>
    Cancelled,

    /// <summary>Failed unexpectedly.</summary>
    Failed,
}
