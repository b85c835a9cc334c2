using Grpc.Core;

namespace InferenceBridge.Server.Services;

/// <summary>Knows whether the client has taken what was written.</summary>
internal sealed class WatchedWriter<T>(IServerStreamWriter<T> inner) : IServerStreamWriter<T>
{
    private Task _last = Task.CompletedTask;

    public WriteOptions? WriteOptions
    {
        get => inner.WriteOptions;
        set => inner.WriteOptions = value;
    }

    public Task WriteAsync(T message) => _last = inner.WriteAsync(message);

    public Task WriteAsync(T message, CancellationToken cancellationToken) => _last = inner.WriteAsync(message, cancellationToken);

    /// <summary>Gives the client time to take the message that waits, if there is one: the status comes behind it.</summary>
    /// <returns>False where it does not.</returns>
    public async Task<bool> SettleAsync(TimeSpan limit, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            await _last.WaitAsync(limit, time, cancellation).ConfigureAwait(false);
        }
        catch (Exception) when (!_last.IsCompleted)
        {
            return false;
        }
        catch (Exception)
        {
            // The client is gone, and whoever wrote knows.
        }

        return true;
    }
}
