using InferenceBridge.Server.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace InferenceBridge.Server.Packages;

/// <summary>Looks for packages when the server starts, and whenever their folders have changed and then been still for a moment.</summary>
internal sealed class PackageWatcher(PackageCatalog packages, TimeProvider time, ILogger<PackageWatcher> logger) : IHostedService, IDisposable
{
    // A package is many files: it is looked at when the last of them has come.
    private static readonly TimeSpan Stillness = TimeSpan.FromMilliseconds(500);

    private readonly List<FileSystemWatcher> _watchers = [];
    private ITimer? _timer;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _timer = time.CreateTimer(_ => packages.Refresh(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        foreach (var folder in packages.Watched)
        {
            Watch(folder);
        }

        packages.Refresh();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _watchers.ForEach(watcher => watcher.Dispose());
        _watchers.Clear();
        _timer?.Dispose();
    }

    private void Watch(string folder)
    {
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true };
            watcher.Changed += (_, _) => Wait();
            watcher.Created += (_, _) => Wait();
            watcher.Deleted += (_, _) => Wait();
            watcher.Renamed += (_, _) => Wait();
            watcher.Error += (_, _) => Wait();
            watcher.EnableRaisingEvents = true;
            _watchers.Add(watcher);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // The system's number of watches is bounded.
            watcher?.Dispose();
            Log.PackagesNotWatched(logger, folder, e.Message);
        }
    }

    private void Wait() => _timer?.Change(Stillness, Timeout.InfiniteTimeSpan);
}
