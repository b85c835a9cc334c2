using InferenceBridge.Imaging;

namespace InferenceBridge.Server.Jobs;

/// <summary>
/// The planes that have arrived and that a tile may still need. When it is full the reader waits, and with it, through
/// HTTP/2 flow control, the client. One task writes and one reads.
/// </summary>
/// <param name="info">The image.</param>
/// <param name="capacity">Planes held at most; at least as many as one slab needs with its halo.</param>
internal sealed class PlaneWindow(VolumeInfo info, long capacity) : IPlaneSource
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, byte[]> _planes = [];
    private readonly Stack<byte[]> _spare = new();
    private readonly int _rowBytes = info.Shape.Width * info.PixelType.BytesPerPixel();
    private byte[]? _arriving;
    private long _first;
    private long _end;
    private long _wanted;
    private TaskCompletionSource? _reader;
    private TaskCompletionSource? _writer;

    /// <summary>Planes held now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _planes.Count;
            }
        }
    }

    /// <summary>Takes the next chunk, waiting while the window is full.</summary>
    public async ValueTask WriteAsync(ReceivedChunk chunk, CancellationToken cancellation)
    {
        var planeBytes = chunk.Data.Length / chunk.Range.PlaneCount;
        for (var i = 0; i < chunk.Range.PlaneCount; i++)
        {
            _arriving ??= await NewPlaneAsync(cancellation).ConfigureAwait(false);
            var rows = chunk.Data.Slice(i * planeBytes, planeBytes);
            rows.Span.CopyTo(_arriving.AsSpan(chunk.Range.FirstRow * _rowBytes));
            if (chunk.Range.FirstRow + chunk.Range.RowCount == info.Shape.Height)
            {
                Add(_arriving);
                _arriving = null;
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask WaitForAsync(long endPlane, CancellationToken cancellation)
    {
        TaskCompletionSource waiter;
        lock (_lock)
        {
            if (endPlane <= _end)
            {
                return;
            }

            _wanted = endPlane;
            waiter = _reader = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        await waiter.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Rows(long plane, int firstRow, int rowCount)
    {
        lock (_lock)
        {
            return _planes[plane].AsSpan(firstRow * _rowBytes, rowCount * _rowBytes);
        }
    }

    /// <inheritdoc/>
    public void ReleaseBefore(long plane)
    {
        TaskCompletionSource? waiter = null;
        lock (_lock)
        {
            while (_first < plane && _planes.Remove(_first, out var released))
            {
                _spare.Push(released);
                _first++;
            }

            if (_writer is not null && _planes.Count < capacity)
            {
                (waiter, _writer) = (_writer, null);
            }
        }

        waiter?.SetResult();
    }

    private async ValueTask<byte[]> NewPlaneAsync(CancellationToken cancellation)
    {
        TaskCompletionSource? waiter = null;
        lock (_lock)
        {
            if (_planes.Count >= capacity)
            {
                waiter = _writer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        if (waiter is not null)
        {
            await waiter.Task.WaitAsync(cancellation).ConfigureAwait(false);
        }

        lock (_lock)
        {
            return _spare.TryPop(out var plane) ? plane : GC.AllocateUninitializedArray<byte>(checked((int)info.PlaneBytes));
        }
    }

    private void Add(byte[] plane)
    {
        TaskCompletionSource? waiter = null;
        lock (_lock)
        {
            _planes.Add(_end++, plane);
            if (_reader is not null && _end >= _wanted)
            {
                (waiter, _reader) = (_reader, null);
            }
        }

        waiter?.SetResult();
    }
}
