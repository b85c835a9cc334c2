using Grpc.Core;
using Grpc.Core.Interceptors;
using InferenceBridge.Server.Diagnostics;
using InferenceBridge.Server.Diagnostics.Metrics;
using InferenceBridge.Server.Hosting;
using InferenceBridge.Server.Monitoring;
using Microsoft.Extensions.Logging;

namespace InferenceBridge.Server.Errors;

/// <summary>Turns whatever a call throws into a status that tells the caller what to do.</summary>
internal sealed class ErrorInterceptor(JobTracker jobs, ServerMetrics metrics, TimeProvider time, ILogger<ErrorInterceptor> logger) : Interceptor
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
        var start = time.GetTimestamp();
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (InferenceException e)
        {
            throw Counted(context, e);
        }
        catch (Exception e) when (Interruption(context, start, e) is { } interruption)
        {
            throw Counted(context, interruption);
        }
        catch (Exception e) when (e is not RpcException)
        {
            var reference = JobCaller.JobIdOf(context) ?? Guid.NewGuid().ToString("n")[..12];
            Log.UnexpectedError(logger, context.Method, reference, e);
            throw Counted(context, new InferenceException(InferenceError.Internal, "",
                $"The server failed unexpectedly; its log tells more under reference {reference}."));
        }
    }

    private RpcException Counted(ServerCallContext context, InferenceException error)
    {
        metrics.CallFailed(context.Method, error.Error);
        return ErrorStatus.ToRpcException(error);
    }

    /// <summary>Who ended the call from outside; null where it failed by itself.</summary>
    private InferenceException? Interruption(ServerCallContext context, long start, Exception cause)
    {
        var callerEnded = context.CancellationToken.IsCancellationRequested;
        if (callerEnded && CallDeadline.HasPassed(context.GetHttpContext(), time.GetElapsedTime(start)))
        {
            return new InferenceException(InferenceError.DeadlineExceeded, "deadline", "The deadline of the call passed.", cause);
        }

        return callerEnded ? new InferenceException(InferenceError.Cancelled, "", "The caller cancelled.", cause)
            : cause is OperationCanceledException && jobs.StopToken.IsCancellationRequested ? JobTracker.Stopping()
            : null;
    }
}
