using Grpc.Core;
using InferenceBridge.Server.Admission;
using InferenceBridge.Server.Hosting;
using InferenceBridge.Server.Jobs;
using InferenceBridge.Server.Monitoring;

namespace InferenceBridge.Server.Services;

/// <summary>Volumes through an operation.</summary>
internal sealed class VolumeGrpcService(
    JobRunner runner, JobTracker jobs, IClientIdentity identity, InferenceServerOptions options, TimeProvider time)
    : Proto.VolumeService.VolumeServiceBase
{
    public override async Task Process(
        IAsyncStreamReader<Proto.ProcessRequest> requestStream, IServerStreamWriter<Proto.ProcessResponse> responseStream, ServerCallContext context)
    {
        // A job counts until its status is on its way, so that a stopping server does not close the connection before.
        var http = context.GetHttpContext();
        http.Response.RegisterForDispose(jobs.Begin());
        var writer = new WatchedWriter<Proto.ProcessResponse>(responseStream);
        try
        {
            await runner.RunAsync(JobCaller.From(context, identity), requestStream, writer, context.CancellationToken).ConfigureAwait(false);
        }
        catch (InferenceException)
        {
            // The job has given its place back. A client that does not take even the status of its job loses the stream, whose
            // buffers would stay for as long as the connection does.
            if (!await writer.SettleAsync(TimeSpan.FromSeconds(options.ClientIdleSeconds), time, jobs.StopToken).ConfigureAwait(false))
            {
                http.Abort();
            }

            throw;
        }
    }
}
