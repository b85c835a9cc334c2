using Grpc.Core.Interceptors;

namespace Grpc.Core.Internal;

/// <summary>Lets a function change the headers of every call. It works on a copy: the caller's headers may be shared.</summary>
internal sealed class MetadataInterceptor : ContextInterceptor
{
    private readonly Func<Metadata, Metadata> _change;

    public MetadataInterceptor(Func<Metadata, Metadata> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        _change = change;
    }

    protected override ClientInterceptorContext<TRequest, TResponse> Changed<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context)
    {
        var headers = new Metadata();
        foreach (var entry in context.Options.Headers ?? Metadata.Empty)
            headers.Add(entry);
        return new(context.Method, context.Host, context.Options.WithHeaders(_change(headers)));
    }
}
