namespace Grpc.Core;

/// <summary>State of a channel.</summary>
public enum ConnectivityState
{
    /// <summary>Not connected, and nobody asks for it.</summary>
    Idle,

    /// <summary>A connection is being made.</summary>
    Connecting,

    /// <summary>Connected.</summary>
    Ready,

    /// <summary>A connection failed and will be tried again.</summary>
    TransientFailure,

    /// <summary>Ended for good.</summary>
    Shutdown,
}
