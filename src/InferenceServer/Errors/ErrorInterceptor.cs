using Grpc.Core;
using Grpc.Core.Interceptors;
using InferenceBridge.Server.Diagnostics;
using InferenceBridge.Server.Hosting;
using Microsoft.Extensions.Logging;

namespace InferenceBridge.Server.Errors;

/// <summary>Turns whatever a call throws into a status that tells the caller what to do.</summary>
internal sealed class ErrorInterceptor(JobTracker jobs, TimeProvider time, ILogger<ErrorInterceptor> logger) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        Guard(context, () => continuation(request, context));

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        Guard(context, () => continuation(requestStream, context));

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        Guard(context, () => Void(continuation(request, responseStream, context)));

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        Guard(context, () => Void(continuation(requestStream, responseStream, context)));

    private static async Task<bool> Void(Task task)
    {
        await task.ConfigureAwait(false);
        return true;
    }

    private async Task<T> Guard<T>(ServerCallContext context, Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (InferenceException e)
        {
            throw ErrorStatus.ToRpcException(e);
        }
        catch (Exception e) when (e is OperationCanceledException || context.CancellationToken.IsCancellationRequested)
        {
            throw ErrorStatus.ToRpcException(Interrupted(context, e));
        }
        catch (Exception e) when (e is not RpcException)
        {
            var reference = Guid.NewGuid().ToString("n")[..12];
            Log.UnexpectedError(logger, context.Method, reference, e);
            throw ErrorStatus.ToRpcException(new InferenceException(InferenceError.Internal, "",
                $"The server failed unexpectedly; its log tells more under reference {reference}."));
        }
    }

    private InferenceException Interrupted(ServerCallContext context, Exception cause)
    {
        if (context.Deadline <= time.GetUtcNow().UtcDateTime)
        {
            return new InferenceException(InferenceError.DeadlineExceeded, "deadline", "The deadline of the call passed.", cause);
        }

        return jobs.StopToken.IsCancellationRequested && !context.CancellationToken.IsCancellationRequested
            ? JobTracker.Stopping()
            : new InferenceException(InferenceError.Cancelled, "", "The caller cancelled.", cause);
    }
}
