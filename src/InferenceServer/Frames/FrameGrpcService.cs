using Grpc.Core;
using InferenceBridge.Server.Admission;
using InferenceBridge.Server.Monitoring;
using InferenceBridge.Server.Services;

namespace InferenceBridge.Server.Frames;

/// <summary>Frames of live instruments through an operation.</summary>
internal sealed class FrameGrpcService(FrameStreamRunner runner, ServedCall call, IClientIdentity identity) : Proto.FrameService.FrameServiceBase
{
    public override Task Stream(
        IAsyncStreamReader<Proto.FrameRequest> requestStream, IServerStreamWriter<Proto.FrameResponse> responseStream, ServerCallContext context) =>
        call.RunAsync(context, responseStream,
            writer => runner.RunAsync(JobCaller.From(context, identity), requestStream, writer, context.CancellationToken));
}
