using Grpc.Core;
using InferenceBridge.Server.Admission;
using InferenceBridge.Server.Hosting;
using InferenceBridge.Server.Monitoring;
using InferenceBridge.Server.Services;

namespace InferenceBridge.Server.Frames;

/// <summary>Frames of live instruments through an operation.</summary>
internal sealed class FrameGrpcService(
    FrameStreamRunner runner, JobTracker jobs, IClientIdentity identity, InferenceServerOptions options, TimeProvider time)
    : Proto.FrameService.FrameServiceBase
{
    public override async Task Stream(
        IAsyncStreamReader<Proto.FrameRequest> requestStream, IServerStreamWriter<Proto.FrameResponse> responseStream, ServerCallContext context)
    {
        var http = context.GetHttpContext();
        http.Response.RegisterForDispose(jobs.Begin());
        var writer = new WatchedWriter<Proto.FrameResponse>(responseStream);
        try
        {
            await runner.RunAsync(JobCaller.From(context, identity), requestStream, writer, context.CancellationToken).ConfigureAwait(false);
        }
        catch (InferenceException)
        {
            // As for a volume: a client that does not take even the status loses the stream.
            if (!await writer.SettleAsync(TimeSpan.FromSeconds(options.ClientIdleSeconds), time, jobs.StopToken).ConfigureAwait(false))
            {
                http.Abort();
            }

            throw;
        }
    }
}
