namespace InferenceBridge.Server.Devices;

/// <summary>Lets a number of holders in at once; others wait, first come, first served.</summary>
/// <param name="slots">Holders at once, at least 1.</param>
internal sealed class FifoGate(int slots)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = new();
    private int _free = slots;

    /// <summary>Callers that wait.</summary>
    public int WaitingCount
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Waits for a slot, which is free again when the result is disposed.</summary>
    /// <exception cref="OperationCanceledException">Cancelled while waiting; no slot is held.</exception>
    public async ValueTask<Slot> EnterAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        LinkedListNode<TaskCompletionSource> node;
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return new Slot(this);
            }

            node = _waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        await using var registration = cancellation.Register(() => Abandon(node, cancellation)).ConfigureAwait(false);
        await node.Value.Task.ConfigureAwait(false);
        return new Slot(this);
    }

    private void Abandon(LinkedListNode<TaskCompletionSource> node, CancellationToken cancellation)
    {
        lock (_lock)
        {
            // A node that has left the list was given the slot already.
            if (node.List is null)
            {
                return;
            }

            _waiting.Remove(node);
        }

        node.Value.TrySetCanceled(cancellation);
    }

    private void Leave()
    {
        TaskCompletionSource? next = null;
        lock (_lock)
        {
            if (_waiting.First is { } first)
            {
                _waiting.RemoveFirst();
                next = first.Value;
            }
            else
            {
                _free++;
            }
        }

        next?.SetResult();
    }

    /// <summary>A place inside, given back once.</summary>
    internal sealed class Slot(FifoGate gate) : IDisposable
    {
        private FifoGate? _gate = gate;

        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Leave();
    }
}
