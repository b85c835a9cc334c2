namespace InferenceBridge.Server.Jobs;

/// <summary>Bounds the bytes that are under way. One taker waits at a time; a piece larger than the bound passes alone.</summary>
internal sealed class ByteGate(long capacity)
{
    private readonly Lock _lock = new();
    private long _used;
    private long _wanted;
    private TaskCompletionSource? _waiter;

    /// <summary>Bytes under way.</summary>
    public long Used
    {
        get
        {
            lock (_lock)
            {
                return _used;
            }
        }
    }

    public async ValueTask TakeAsync(long bytes, CancellationToken cancellation)
    {
        TaskCompletionSource waiter;
        lock (_lock)
        {
            if (Fits(bytes))
            {
                _used += bytes;
                return;
            }

            _wanted = bytes;
            waiter = _waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        await waiter.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }

    public void Return(long bytes)
    {
        TaskCompletionSource? waiter = null;
        lock (_lock)
        {
            _used -= bytes;
            if (_waiter is not null && Fits(_wanted))
            {
                _used += _wanted;
                (waiter, _waiter) = (_waiter, null);
            }
        }

        waiter?.SetResult();
    }

    private bool Fits(long bytes) => _used == 0 || bytes <= capacity - _used;
}
