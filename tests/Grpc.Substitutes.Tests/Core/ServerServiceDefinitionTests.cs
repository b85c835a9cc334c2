using Grpc.Core;

namespace InferenceBridge.Grpc.Substitutes.Tests.Core;

public class ServerServiceDefinitionTests
{
    private static readonly Method<string, string> s_method = new(
        MethodType.Unary, "Service", "Call", Marshallers.StringMarshaller, Marshallers.StringMarshaller);

    [Fact]
    public void AddMethod_Twice_Throws()
    {
        var builder = ServerServiceDefinition.CreateBuilder().AddMethod(s_method, Handle);

        Assert.Throws<ArgumentException>(() => builder.AddMethod(s_method, Handle));
    }

    [Fact]
    public async Task WriteAsync_WriterWithoutCancellation_RefusesATokenThatCanCancel()
    {
        IAsyncStreamWriter<string> writer = new ListWriter();
        using var source = new CancellationTokenSource();

        await writer.WriteAsync("a", CancellationToken.None);
        await Assert.ThrowsAsync<NotSupportedException>(() => writer.WriteAsync("b", source.Token));

        Assert.Equal(["a"], ((ListWriter)writer).Messages);
    }

    [Fact]
    public async Task UnaryCall_OfParts_GivesThemBack()
    {
        var disposed = 0;
        var trailers = new Metadata();
        var call = new AsyncUnaryCall<string>(
            Task.FromResult("response"),
            Task.FromResult(Metadata.Empty),
            () => Status.DefaultCancelled,
            () => trailers,
            () => disposed++);

        Assert.Equal("response", await call);
        Assert.Same(Metadata.Empty, await call.ResponseHeadersAsync);
        Assert.Equal(Status.DefaultCancelled, call.GetStatus());
        Assert.Same(trailers, call.GetTrailers());
        call.Dispose();
        Assert.Equal(1, disposed);
    }

    private static Task<string> Handle(string request, ServerCallContext context) => Task.FromResult(request);

    private sealed class ListWriter : IAsyncStreamWriter<string>
    {
        public List<string> Messages { get; } = [];

        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(string message)
        {
            Messages.Add(message);
            return Task.CompletedTask;
        }
    }
}
