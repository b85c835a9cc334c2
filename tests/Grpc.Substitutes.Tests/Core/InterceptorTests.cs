using Grpc.Core;
using Grpc.Core.Interceptors;
using InferenceBridge.Grpc.Substitutes.Tests.Protos;

namespace InferenceBridge.Grpc.Substitutes.Tests.Core;

public class InterceptorTests
{
    private readonly RecordingInvoker _invoker = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Intercept_Several_TheFirstSeesTheCallFirst()
    {
        var seen = new List<string>();
        var client = new Numbers.NumbersClient(_invoker.Intercept(new Noting("a", seen), new Noting("b", seen)));

        client.Double(new Number(), cancellationToken: Cancel);

        Assert.Equal(["a", "b"], seen);
    }

    [Fact]
    public void Intercept_Chained_TheLastAddedSeesTheCallFirst()
    {
        var seen = new List<string>();
        var client = new Numbers.NumbersClient(
            _invoker.Intercept(new Noting("a", seen)).Intercept(new Noting("b", seen)));

        client.Double(new Number(), cancellationToken: Cancel);

        Assert.Equal(["b", "a"], seen);
    }

    [Fact]
    public void Intercept_Headers_ChangesACopy()
    {
        var given = new Metadata { { "a", "1" } };
        var client = new Numbers.NumbersClient(_invoker.Intercept(headers =>
        {
            headers.Add("b", "2");
            return headers;
        }));

        client.Double(new Number(), given, cancellationToken: Cancel);

        Assert.Equal(["a", "b"], _invoker.Options.Headers!.Select(entry => entry.Key));
        Assert.Equal(["a"], given.Select(entry => entry.Key));
    }

    [Fact]
    public void Intercept_Null_Throws()
    {
        Assert.Throws<ArgumentNullException>(() => _invoker.Intercept((Interceptor)null!));
        Assert.Throws<ArgumentNullException>(() => _invoker.Intercept(new Noting("a", []), null!));
        Assert.Throws<ArgumentNullException>(() => _invoker.Intercept((Func<Metadata, Metadata>)null!));
    }

    [Fact]
    public void WithHost_OnAClient_NamesTheHostOnItsCalls()
    {
        var client = new Numbers.NumbersClient(_invoker);

        client.WithHost("a.example").WithHost("b.example").Double(new Number(), cancellationToken: Cancel);
        Assert.Equal("b.example", _invoker.Host);

        client.Double(new Number(), cancellationToken: Cancel);
        Assert.Null(_invoker.Host);
    }

    private sealed class Noting(string name, List<string> seen) : Interceptor
    {
        public override TResponse BlockingUnaryCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            BlockingUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            seen.Add(name);
            return continuation(request, context);
        }
    }
}
