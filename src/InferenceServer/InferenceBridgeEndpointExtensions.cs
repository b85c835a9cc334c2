using InferenceBridge.Server.Diagnostics.Metrics;
using InferenceBridge.Server.Monitoring;
using InferenceBridge.Server.Frames;
using InferenceBridge.Server.Services;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace InferenceBridge.Server;

/// <summary>Endpoints of the server in a host of one's own.</summary>
public static class InferenceBridgeEndpointExtensions
{
    /// <summary>Maps the catalogue, volumes, frames, monitoring, health (grpc.health.v1) and reflection (grpc.reflection.v1).</summary>
    public static IEndpointRouteBuilder MapInferenceBridge(this IEndpointRouteBuilder endpoints)
    {
        // Made now, so that the uptime counts from here and listeners find the instruments before the first job.
        endpoints.ServiceProvider.GetRequiredService<ServerMetrics>();
        endpoints.MapGrpcService<CatalogGrpcService>();
        endpoints.MapGrpcService<VolumeGrpcService>();
        endpoints.MapGrpcService<FrameGrpcService>();
        endpoints.MapGrpcService<MonitoringGrpcService>();
        endpoints.MapGrpcService<HealthGrpcService>();
        endpoints.MapGrpcService<ReflectionGrpcService>();
        return endpoints;
    }
}
