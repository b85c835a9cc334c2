using Google.Protobuf.Reflection;
using Grpc.Health.V1;
using Grpc.Reflection.V1;

namespace InferenceBridge.Server.Services;

/// <summary>The services that this server offers.</summary>
internal static class ServedServices
{
    public static IReadOnlyList<ServiceDescriptor> Descriptors { get; } =
    [
        Proto.CatalogService.Descriptor, Proto.VolumeService.Descriptor, Proto.FrameService.Descriptor, Proto.MonitoringService.Descriptor, Health.Descriptor, ServerReflection.Descriptor,
    ];

    public static IReadOnlySet<string> Names { get; } = Descriptors.Select(service => service.FullName).ToHashSet(StringComparer.Ordinal);
}
