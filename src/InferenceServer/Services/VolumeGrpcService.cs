using Grpc.Core;
using InferenceBridge.Server.Jobs;

namespace InferenceBridge.Server.Services;

/// <summary>Volumes through an operation.</summary>
internal sealed class VolumeGrpcService(JobRunner runner) : Proto.VolumeService.VolumeServiceBase
{
    public override Task Process(
        IAsyncStreamReader<Proto.ProcessRequest> requestStream, IServerStreamWriter<Proto.ProcessResponse> responseStream, ServerCallContext context) =>
        runner.RunAsync(requestStream, responseStream, context.CancellationToken);
}
