using InferenceBridge.Server.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace InferenceBridge.Server.Hosting;

/// <summary>Lets running jobs end before the listener closes, and tells the clients of those that do not.</summary>
internal sealed class GracefulStop(JobTracker jobs, InferenceServerOptions options, TimeProvider time, ILogger<GracefulStop> logger) : IHostedLifecycleService
{
    // Time for the clients of cancelled jobs to get their status, and for a tile under way to end.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(10);

    // Kestrel closes a connection whose calls have ended even while their last frames wait to be sent, and tells nobody when
    // they are out. Without this pause a client now and then sees a broken connection in place of its status.
    private static readonly TimeSpan LastFrames = TimeSpan.FromMilliseconds(500);

    /// <summary>Time that a host must allow for.</summary>
    public static TimeSpan Timeout(InferenceServerOptions options) =>
        TimeSpan.FromSeconds(options.ShutdownGraceSeconds) + Farewell + Farewell;

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        var running = jobs.Running;
        Log.Stopping(logger, running, options.ShutdownGraceSeconds);
        await jobs.DrainAsync(TimeSpan.FromSeconds(options.ShutdownGraceSeconds), cancellationToken).ConfigureAwait(false);
        await jobs.WaitIdleAsync(Farewell).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (running > 0)
        {
            await Task.Delay(LastFrames, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        Log.Stopped(logger);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
