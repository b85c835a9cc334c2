namespace InferenceBridge.Server.Monitoring;

/// <summary>What a live job is about.</summary>
internal enum JobPhase
{
    /// <summary>Its declaration is still to come or being checked.</summary>
    Starting,

    /// <summary>It waits for a place.</summary>
    Queued,

    /// <summary>It receives planes and cannot compute yet.</summary>
    Uploading,

    /// <summary>It receives the image to scratch.</summary>
    Spooling,

    /// <summary>It computes, and perhaps still receives.</summary>
    Computing,

    /// <summary>The client takes the last results.</summary>
    Sending,
}
