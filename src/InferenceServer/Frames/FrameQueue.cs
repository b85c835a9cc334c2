namespace InferenceBridge.Server.Frames;

/// <summary>
/// Frames that wait for their turn: at most so many. When it is full, the reader waits, and with it, through HTTP/2 flow control, the
/// instrument; or the oldest frame gives way. Only frames do: everything else keeps its place. One task adds and one takes.
/// </summary>
/// <param name="capacity">Frames at most.</param>
/// <param name="dropsOldest">Whether the oldest frame gives way.</param>
internal sealed class FrameQueue(int capacity, bool dropsOldest) : IDisposable
{
    // A client that only ever asks for the state has to wait for it too.
    private const int MaximumExports = 4;

    private readonly Lock _lock = new();
    private readonly LinkedList<FrameItem> _items = new();
    private readonly SemaphoreSlim _available = new(0);
    private readonly SemaphoreSlim _places = new(capacity);
    private readonly SemaphoreSlim _exports = new(MaximumExports);
    private List<long> _dropped = [];
    private int _frames;

    /// <summary>Frames dropped so far.</summary>
    public long DroppedTotal { get; private set; }

    /// <summary>Adds to the end.</summary>
    public async ValueTask AddAsync(FrameItem item, CancellationToken cancellation)
    {
        if (item.Frame is not null && !dropsOldest)
        {
            await _places.WaitAsync(cancellation).ConfigureAwait(false);
        }

        if (item.IsExport)
        {
            await _exports.WaitAsync(cancellation).ConfigureAwait(false);
        }

        lock (_lock)
        {
            _items.AddLast(item);
            _frames += item.Frame is null ? 0 : 1;
            if (dropsOldest && _frames > capacity)
            {
                DropOldest();
                return;
            }
        }

        _available.Release();
    }

    /// <summary>Takes from the beginning.</summary>
    public async ValueTask<FrameItem> TakeAsync(CancellationToken cancellation)
    {
        await _available.WaitAsync(cancellation).ConfigureAwait(false);
        lock (_lock)
        {
            var item = _items.First!.Value;
            _items.RemoveFirst();
            if (item.Frame is not null)
            {
                _frames--;
                if (!dropsOldest)
                {
                    _places.Release();
                }
            }

            if (item.IsExport)
            {
                _exports.Release();
            }

            return item;
        }
    }

    /// <summary>Ids dropped since the last call, in order.</summary>
    public IReadOnlyList<long> TakeDropped()
    {
        lock (_lock)
        {
            var dropped = _dropped;
            _dropped = [];
            return dropped;
        }
    }

    public void Dispose()
    {
        _available.Dispose();
        _places.Dispose();
        _exports.Dispose();
    }

    private void DropOldest()
    {
        var node = _items.First!;
        while (node.Value.Frame is null)
        {
            node = node.Next!;
        }

        _items.Remove(node);
        _frames--;
        _dropped.Add(node.Value.Frame.Id);
        DroppedTotal++;
    }
}
