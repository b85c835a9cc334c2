using System.Buffers;

namespace Grpc.Core.Internal;

/// <summary>Collects one message in memory.</summary>
internal sealed class ArraySerializationContext : SerializationContext
{
    private ArrayBufferWriter<byte>? _writer;
    private byte[]? _payload;

    public byte[] Payload =>
        _payload ?? throw new InvalidOperationException("The serializer returned without completing the message.");

    public override void Complete(byte[] payload) => Finish(payload);

    public override IBufferWriter<byte> GetBufferWriter() => _writer ??= new ArrayBufferWriter<byte>();

    public override void Complete() => Finish(_writer?.WrittenSpan.ToArray() ?? []);

    private void Finish(byte[] payload)
    {
        if (_payload is not null)
            throw new InvalidOperationException("The message is complete already.");
        _payload = payload;
    }
}
