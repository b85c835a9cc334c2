using System.Buffers;
using Grpc.Core;

namespace InferenceBridge.Grpc.Substitutes.Tests.Core;

public class MarshallerTests
{
    private static readonly Marshaller<string> s_contextual = Marshallers.Create(
        (string text, SerializationContext context) =>
        {
            context.SetPayloadLength(text.Length);
            foreach (var character in text)
                context.GetBufferWriter().Write([(byte)character]);
            context.Complete();
        },
        context => $"{context.PayloadLength}:{(char)context.PayloadAsReadOnlySequence().FirstSpan[0]}");

    [Fact]
    public void StringMarshaller_NonAsciiText_IsUtf8()
    {
        byte[] bytes = [0xC2, 0xB5, (byte)'m'];

        Assert.Equal(bytes, Marshallers.StringMarshaller.Serializer("µm"));
        Assert.Equal("µm", Marshallers.StringMarshaller.Deserializer(bytes));
    }

    [Fact]
    public void Serializer_OfAContextualMarshaller_ReturnsWhatWasWritten()
    {
        Assert.Equal("abc"u8, s_contextual.Serializer("abc"));
        Assert.Equal("3:x", s_contextual.Deserializer([.. "xyz"u8]));
    }

    [Fact]
    public void Serializer_ThatNeverCompletes_Throws()
    {
        var marshaller = Marshallers.Create((string _, SerializationContext _) => { }, _ => "");

        Assert.Throws<InvalidOperationException>(() => marshaller.Serializer("a"));
    }

    [Fact]
    public void Serializer_ThatCompletesTwice_Throws()
    {
        var marshaller = Marshallers.Create(
            (string _, SerializationContext context) =>
            {
                context.Complete([1]);
                context.Complete([2]);
            },
            _ => "");

        Assert.Throws<InvalidOperationException>(() => marshaller.Serializer("a"));
    }

    [Fact]
    public void ContextualSerializer_OfASimpleMarshaller_RoundTrips()
    {
        var simple = Marshallers.Create(text => [(byte)text.Length], bytes => new string('a', bytes[0]));

        // The other form of the same marshaller, derived from the derived one.
        var derived = Marshallers.Create(simple.ContextualSerializer, simple.ContextualDeserializer);

        Assert.Equal([4], derived.Serializer("text"));
        Assert.Equal("aaa", derived.Deserializer([3]));
    }

    [Fact]
    public void Method_Named_HasThePathOfItsRequest()
    {
        var method = new Method<string, string>(
            MethodType.ServerStreaming, "pack.Service", "Call", Marshallers.StringMarshaller, s_contextual);

        Assert.Equal("/pack.Service/Call", method.FullName);
        Assert.Equal(("pack.Service", "Call"), (method.ServiceName, method.Name));
        Assert.Equal(MethodType.ServerStreaming, method.Type);
        Assert.Same(s_contextual, method.ResponseMarshaller);
    }
}
