using InferenceBridge.Server.Services;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace InferenceBridge.Server;

/// <summary>Endpoints of the server in a host of one's own.</summary>
public static class InferenceBridgeEndpointExtensions
{
    /// <summary>Maps the catalogue, volumes, health (grpc.health.v1) and reflection (grpc.reflection.v1).</summary>
    public static IEndpointRouteBuilder MapInferenceBridge(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<CatalogGrpcService>();
        endpoints.MapGrpcService<VolumeGrpcService>();
        endpoints.MapGrpcService<HealthGrpcService>();
        endpoints.MapGrpcService<ReflectionGrpcService>();
        return endpoints;
    }
}
