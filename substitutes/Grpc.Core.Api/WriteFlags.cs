namespace Grpc.Core;

/// <summary>How a message is written.</summary>
[Flags]
public enum WriteFlags
{
    /// <summary>More messages follow: the transport may hold this one back.</summary>
    BufferHint = 0x1,

    /// <summary>This message goes out uncompressed, even on a compressed call.</summary>
    NoCompress = 0x2,
}
