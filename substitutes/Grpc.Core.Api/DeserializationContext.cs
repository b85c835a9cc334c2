using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a deserializer finds a message's bytes.</summary>
public abstract class DeserializationContext
{
    /// <summary>Length of the message, in bytes.</summary>
    public abstract int PayloadLength { get; }

    /// <summary>The message in an array that belongs to the caller.</summary>
    public virtual byte[] PayloadAsNewBuffer() => throw new NotImplementedException();

    /// <summary>The message, valid only until the deserializer returns.</summary>
    public virtual ReadOnlySequence<byte> PayloadAsReadOnlySequence() => throw new NotImplementedException();
}
