namespace Grpc.Core.Internal;

/// <summary>What the four call types share: headers, status, trailers and disposal, of the transport's own state.</summary>
internal sealed class CallState(
    Func<object, Task<Metadata>> responseHeaders,
    Func<object, Status> status,
    Func<object, Metadata> trailers,
    Action<object> dispose,
    object state)
{
    private Task<Metadata>? _responseHeaders;

    public CallState(Task<Metadata> responseHeaders, Func<Status> status, Func<Metadata> trailers, Action dispose)
        : this(_ => responseHeaders, _ => status(), _ => trailers(), _ => dispose(), responseHeaders)
    {
    }

    public Task<Metadata> ResponseHeaders => _responseHeaders ??= responseHeaders(state);

    public Status Status => status(state);

    public Metadata Trailers => trailers(state);

    public void Dispose() => dispose(state);
}
