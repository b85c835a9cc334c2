using Grpc.Core;
using Grpc.Core.Interceptors;

namespace InferenceBridge.Grpc.Substitutes.Tests.EndToEnd;

/// <summary>Notes every unary call.</summary>
internal sealed class LoggingInterceptor(CallLog log) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        log.Intercepted.Add(context.Method);
        return continuation(request, context);
    }
}
