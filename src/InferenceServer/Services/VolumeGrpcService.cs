using Grpc.Core;
using InferenceBridge.Server.Admission;
using InferenceBridge.Server.Jobs;
using InferenceBridge.Server.Monitoring;

namespace InferenceBridge.Server.Services;

/// <summary>Volumes through an operation.</summary>
internal sealed class VolumeGrpcService(JobRunner runner, ServedCall call, IClientIdentity identity) : Proto.VolumeService.VolumeServiceBase
{
    public override Task Process(
        IAsyncStreamReader<Proto.ProcessRequest> requestStream, IServerStreamWriter<Proto.ProcessResponse> responseStream, ServerCallContext context) =>
        call.RunAsync(context, responseStream,
            writer => runner.RunAsync(JobCaller.From(context, identity), requestStream, writer, context.CancellationToken));
}
