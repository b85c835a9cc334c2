using InferenceBridge.Models;
using InferenceBridge.Server.Admission;
using InferenceBridge.Server.Devices;
using InferenceBridge.Server.Diagnostics.Metrics;
using InferenceBridge.Server.Errors;
using InferenceBridge.Server.Frames;
using InferenceBridge.Server.Hosting;
using InferenceBridge.Server.Jobs;
using InferenceBridge.Server.Monitoring;
using InferenceBridge.Server.Packages;
using InferenceBridge.Server.Services;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace InferenceBridge.Server;

/// <summary>Registration of the server's parts in a host of one's own.</summary>
public static class InferenceBridgeServiceCollectionExtensions
{
    // Protobuf's framing of a chunk besides its data, with room to spare.
    private const int MessageOverheadBytes = 64 << 10;

    /// <summary>
    /// Adds the services, the job pipeline, the graceful stop and the transport's limits. Call
    /// <see cref="InferenceBridgeEndpointExtensions.MapInferenceBridge"/> on the application. Addresses are the host's own
    /// matter; <see cref="InferenceServerOptions.Urls"/> and <see cref="InferenceServerOptions.MetricsUrl"/> are not used: the
    /// host collects the meter and the activity source "InferenceBridge.Server" as it does its own.
    /// </summary>
    /// <param name="services">Services of the host.</param>
    /// <param name="options">Settings.</param>
    /// <param name="catalog">Operations to offer; null offers all that are built in.</param>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.UsageInvalid"/> naming every setting at fault, or <see cref="InferenceError.DeviceUnavailable"/>.
    /// </exception>
    public static IServiceCollection AddInferenceBridge(
        this IServiceCollection services, InferenceServerOptions options, OperationCatalog? catalog = null)
    {
        options.Validate();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new DeviceScheduler(DeviceDetector.Detect(options.Device), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(options);
        services.AddSingleton(catalog ?? new OperationCatalog(BuiltInOperations.All));
        services.AddSingleton<JobTracker>();
        services.TryAddSingleton<IClientIdentity, PeerIdentity>();
        services.TryAddSingleton<ScratchSpace>();
        services.AddSingleton<JobAdmission>();
        services.AddSingleton<JobPlanner>();
        services.AddSingleton<DeclarationValidator>();
        services.AddSingleton<ServedCall>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton<FrameStreamRunner>();
        services.AddMetrics();
        services.AddSingleton<JobRegistry>();
        services.AddSingleton<StatusReporter>();
        services.AddSingleton<ServerMetrics>();
        services.AddSingleton<MetricCollector>();
        services.AddSingleton<JobMonitor>();
        services.AddSingleton(new ReflectionIndex(ServedServices.Descriptors));
        services.AddSingleton<PackageCatalog>();
        services.AddSingleton<SelfTester>();
        services.AddSingleton<IHostedService, PackageWatcher>();
        services.AddSingleton<IHostedService, GracefulStop>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = GracefulStop.Timeout(options));
        services.Configure<KestrelServerOptions>(TransportLimits.Apply);
        services.Configure<SocketTransportOptions>(TransportLimits.Apply);
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = options.MaxChunkBytes + MessageOverheadBytes;
            grpc.MaxSendMessageSize = null;
            grpc.Interceptors.Add<ErrorInterceptor>();
        });
        return services;
    }
}
