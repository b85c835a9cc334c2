namespace InferenceBridge.Server.Frames;

/// <summary>What waits in the queue of a stream: a frame, a wish for the state, or the reason why nothing follows.</summary>
internal sealed record FrameItem
{
    /// <summary>A frame; null where it is something else.</summary>
    public Proto.Frame? Frame { get; init; }

    /// <summary>Timestamp of when it was read.</summary>
    public long ReceivedAt { get; init; }

    /// <summary>Whether the state is asked for.</summary>
    public bool IsExport { get; init; }

    /// <summary>Why the stream is refused from here on; null where it is not.</summary>
    public Exception? Fault { get; init; }

    /// <summary>The client has half-closed.</summary>
    public static FrameItem End { get; } = new();
}
