namespace InferenceBridge.Server.Diagnostics.Tracing;

/// <summary>Stages of a job, as metrics and traces call them.</summary>
internal static class StageNames
{
    /// <summary>Waiting for a place.</summary>
    public const string Queue = "queue";

    /// <summary>From the declaration to the client's half-close.</summary>
    public const string Upload = "upload";

    /// <summary>Receiving the image to scratch.</summary>
    public const string Spool = "spool";

    /// <summary>Computing tiles.</summary>
    public const string Compute = "compute";

    /// <summary>From the first chunk of the result to the summary.</summary>
    public const string Download = "download";
}
