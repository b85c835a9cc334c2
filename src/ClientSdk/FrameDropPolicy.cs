namespace InferenceBridge.Client;

/// <summary>What happens to frames that come faster than they are computed.</summary>
public enum FrameDropPolicy
{
    /// <summary>The sender waits. No frame is lost.</summary>
    Block,

    /// <summary>The frame that has waited longest is dropped, and reported: answers stay fresh.</summary>
    DropOldest,
}
