namespace Grpc.Core;

/// <summary>Options for writing messages.</summary>
public class WriteOptions(WriteFlags flags = default)
{
    /// <summary>No flags.</summary>
    public static readonly WriteOptions Default = new();

    public WriteFlags Flags { get; } = flags;
}
