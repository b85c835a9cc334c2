using Grpc.Core;
using Grpc.Health.V1;
using InferenceBridge.Server.Hosting;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace InferenceBridge.Server.Services;

/// <summary>grpc.health.v1: serving until the server begins to stop, for every service and, by the empty name, for all.</summary>
internal sealed class HealthGrpcService(JobTracker jobs) : Health.HealthBase
{
    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        var status = StatusOf(request.Service);
        return status == ServingStatus.ServiceUnknown
            ? throw new RpcException(new Status(StatusCode.NotFound,
                $"service is \"{request.Service}\"; accepted: empty for the whole server, {string.Join(", ", ServedServices.Names)}."))
            : Task.FromResult(new HealthCheckResponse { Status = status });
    }

    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        var status = StatusOf(request.Service);
        await responseStream.WriteAsync(new HealthCheckResponse { Status = status }, context.CancellationToken).ConfigureAwait(false);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, jobs.DrainingToken);
        await Task.Delay(Timeout.Infinite, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.CancellationToken.ThrowIfCancellationRequested();
        if (StatusOf(request.Service) is var last && last != status)
        {
            await responseStream.WriteAsync(new HealthCheckResponse { Status = last }, context.CancellationToken).ConfigureAwait(false);
        }

        // The stream ends with the server; it must not hold up its stop.
    }

    private ServingStatus StatusOf(string service) =>
        service.Length > 0 && !ServedServices.Names.Contains(service) ? ServingStatus.ServiceUnknown
        : jobs.DrainingToken.IsCancellationRequested ? ServingStatus.NotServing
        : ServingStatus.Serving;
}
