using Microsoft.Extensions.Hosting;

namespace InferenceBridge.Server.Hosting;

/// <summary>Leaves signals to the program that hosts the server.</summary>
internal sealed class CallerOwnedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
