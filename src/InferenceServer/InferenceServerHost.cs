using InferenceBridge.Models;
using InferenceBridge.Server.Configuration;
using InferenceBridge.Server.Devices;
using InferenceBridge.Server.Diagnostics;
using InferenceBridge.Server.Diagnostics.Metrics;
using InferenceBridge.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace InferenceBridge.Server;

/// <summary>
/// A running server, in a process of its own or inside of another program. It leaves signals to the program: call
/// <see cref="StopAsync"/> when one comes.
/// </summary>
public sealed class InferenceServerHost : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private InferenceServerHost(WebApplication application, IReadOnlyList<string> addresses, string? metricsAddress)
    {
        _application = application;
        (Addresses, MetricsAddress) = (addresses, metricsAddress);
        var device = application.Services.GetRequiredService<DeviceScheduler>().Devices[0];
        (Device, DeviceName) = (device.Id, device.Name);
        application.Lifetime.ApplicationStopped.Register(() => _completion.TrySetResult());
    }

    /// <summary>What the server listens on, with the real port where 0 was asked for: "http://127.0.0.1:40123", "unix:/path".</summary>
    public IReadOnlyList<string> Addresses { get; }

    /// <summary>Where Prometheus finds the metrics: "http://127.0.0.1:9464/metrics"; null where the server serves none.</summary>
    public string? MetricsAddress { get; }

    /// <summary>Device that operations run on: "cpu", "cuda:0".</summary>
    public string Device { get; }

    /// <summary>Name of the processor or of the card.</summary>
    public string DeviceName { get; }

    /// <summary>Ends when the server has stopped.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Starts a server with all built-in operations.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="configureLogging">Where log messages go; null drops them.</param>
    /// <param name="cancellation">Gives up starting.</param>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.UsageInvalid"/> naming every setting at fault, <see cref="InferenceError.DeviceUnavailable"/>, or
    /// <see cref="InferenceError.AddressUnavailable"/> naming the address.
    /// </exception>
    public static Task<InferenceServerHost> StartAsync(
        InferenceServerOptions options, Action<ILoggingBuilder>? configureLogging = null, CancellationToken cancellation = default) =>
        StartAsync(options, null, configureLogging, null, cancellation);

    /// <summary>Starts a server that offers the given operations.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="catalog">Operations to offer; null offers all that are built in.</param>
    /// <param name="configureLogging">Where log messages go; null drops them.</param>
    /// <param name="configureServices">Replaces parts of the server, such as the <see cref="TimeProvider"/>; null for none.</param>
    /// <param name="cancellation">Gives up starting.</param>
    /// <inheritdoc cref="StartAsync(InferenceServerOptions, Action{ILoggingBuilder}?, CancellationToken)"/>
    public static async Task<InferenceServerHost> StartAsync(
        InferenceServerOptions options, OperationCatalog? catalog, Action<ILoggingBuilder>? configureLogging,
        Action<IServiceCollection>? configureServices, CancellationToken cancellation = default)
    {
        var application = Build(options, catalog, configureLogging, configureServices);
        try
        {
            var logger = application.Services.GetRequiredService<ILogger<InferenceServerHost>>();
            var device = application.Services.GetRequiredService<DeviceScheduler>().Devices[0];
            Log.Starting(logger, ServerVersion.Text, device.Id, device.Name);
            await ListenAsync(application, options, cancellation).ConfigureAwait(false);
            var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
                .Select(address => address.Replace("http://unix:", "unix:", StringComparison.Ordinal)).ToArray();

            // The listener of the metrics was the last to be opened.
            var metrics = options.MetricsUrl.Length > 0 ? addresses[^1] + MetricsListener.Path : null;
            addresses = metrics is null ? addresses : addresses[..^1];
            foreach (var address in addresses)
            {
                Log.Listening(logger, address);
            }

            if (metrics is not null)
            {
                Log.MetricsAt(logger, metrics);
            }

            return new InferenceServerHost(application, addresses, metrics);
        }
        catch
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Refuses new jobs, gives running ones <see cref="InferenceServerOptions.ShutdownGraceSeconds"/> to end, tells the
    /// clients of the others, and stops.
    /// </summary>
    /// <param name="cancellation">Cuts the grace short.</param>
    public Task StopAsync(CancellationToken cancellation = default) => _application.StopAsync(cancellation);

    /// <summary>Stops the server if it runs, and frees it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync().ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
        _completion.TrySetResult();
    }

    private static WebApplication Build(
        InferenceServerOptions options, OperationCatalog? catalog, Action<ILoggingBuilder>? configureLogging, Action<IServiceCollection>? configureServices)
    {
        options.Validate();
        var addresses = ListenAddress.Split(options.Urls).Select(url => ListenAddress.TryParse(url)!).ToArray();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var metrics = options.MetricsUrl.Length > 0 ? ListenAddress.TryParse(options.MetricsUrl)!.EndPoint : null;
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            Listeners.Listen(kestrel, addresses);
            if (metrics is not null)
            {
                MetricsListener.Listen(kestrel, metrics);
            }
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, CallerOwnedLifetime>();
        configureServices?.Invoke(builder.Services);
        builder.Services.AddInferenceBridge(options, catalog);
        configureLogging?.Invoke(builder.Logging);
        var application = builder.Build();
        if (metrics is not null)
        {
            var collector = application.Services.GetRequiredService<MetricCollector>();
            application.Use((context, next) => MetricsListener.HandleAsync(context, next, collector));
        }

        application.MapInferenceBridge();
        return application;
    }

    private static async Task ListenAsync(WebApplication application, InferenceServerOptions options, CancellationToken cancellation)
    {
        try
        {
            var sockets = ListenAddress.Split(options.Urls).Select(url => ListenAddress.TryParse(url)?.SocketPath).OfType<string>().Distinct().ToArray();
            using var claim = SocketClaim.Take(sockets);
            foreach (var path in sockets)
            {
                Listeners.RemoveStaleSocket(path);
            }

            await application.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException or ArgumentOutOfRangeException)
        {
            var isMetrics = ListenAddress.TryParse(options.MetricsUrl)?.EndPoint is { } endPoint
                && e.Message.Contains(endPoint.ToString(), StringComparison.Ordinal);
            var (key, value) = isMetrics ? (nameof(options.MetricsUrl), options.MetricsUrl) : (nameof(options.Urls), options.Urls);
            throw new InferenceException(InferenceError.AddressUnavailable, OptionsFaults.Key(key),
                $"The server cannot listen on \"{value}\": {e.Message} Accepted: {ListenAddress.Accepted}, not in use.", e);
        }
    }
}
