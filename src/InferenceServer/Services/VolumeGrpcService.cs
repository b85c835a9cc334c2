using Grpc.Core;
using InferenceBridge.Server.Admission;
using InferenceBridge.Server.Hosting;
using InferenceBridge.Server.Jobs;
using InferenceBridge.Server.Monitoring;

namespace InferenceBridge.Server.Services;

/// <summary>Volumes through an operation.</summary>
internal sealed class VolumeGrpcService(JobRunner runner, JobTracker jobs, IClientIdentity identity) : Proto.VolumeService.VolumeServiceBase
{
    public override Task Process(
        IAsyncStreamReader<Proto.ProcessRequest> requestStream, IServerStreamWriter<Proto.ProcessResponse> responseStream, ServerCallContext context)
    {
        // A job counts until its status is on its way, so that a stopping server does not close the connection before.
        var http = context.GetHttpContext();
        http.Response.RegisterForDispose(jobs.Begin());
        return runner.RunAsync(JobCaller.From(context, identity), requestStream, responseStream, context.CancellationToken);
    }
}
