using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a serializer puts a message: whole with <see cref="Complete(byte[])"/>, or written then completed.</summary>
public abstract class SerializationContext
{
    /// <summary>Takes the whole message.</summary>
    public virtual void Complete(byte[] payload) => throw new NotImplementedException();

    /// <summary>Buffer to write the message to; ends with <see cref="Complete()"/>.</summary>
    public virtual IBufferWriter<byte> GetBufferWriter() => throw new NotImplementedException();

    /// <summary>States the message's length, in bytes, before the buffer is asked for.</summary>
    public virtual void SetPayloadLength(int payloadLength)
    {
        // The length is a hint, which a context may pass over.
    }

    /// <summary>Says that the message is written.</summary>
    public virtual void Complete() => throw new NotImplementedException();
}
