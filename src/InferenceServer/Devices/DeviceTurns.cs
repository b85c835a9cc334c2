using InferenceBridge.Server.Admission;

namespace InferenceBridge.Server.Devices;

/// <summary>
/// Turns at one device, one at a time. A job asks for its next turn when its last one is over, so that first come, first served
/// goes round the jobs: each waits for one tile of every other, however many tiles they have left.
/// </summary>
internal sealed class DeviceTurns(TimeProvider time)
{
    // Share of the newest tile in the mean.
    private const double NewestShare = 0.2;

    private readonly Lock _lock = new();
    private readonly LinkedList<Turn> _waiting = new();
    private Turn? _current;
    private double? _meanSeconds;

    /// <summary>Jobs that wait for their turn.</summary>
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

    /// <summary>Waits for a turn, which is over when the result is disposed.</summary>
    /// <param name="seconds">How long it is expected to take; null where that is not known.</param>
    /// <param name="waiting">Called where it has to wait.</param>
    /// <param name="cancellation">Gives up the place.</param>
    /// <exception cref="OperationCanceledException">Cancelled while waiting; no turn is held.</exception>
    public async ValueTask<IDisposable> EnterAsync(double? seconds, Action<QueuePlace> waiting, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var turn = new Turn(this, seconds);
        QueuePlace place;
        lock (_lock)
        {
            if (_current is null)
            {
                Begin(turn);
                return turn;
            }

            place = new QueuePlace(_waiting.Count + 1, Wait());
            _waiting.AddLast(turn);
        }

        waiting(place);
        await using var registration = cancellation.Register(() => Abandon(turn, cancellation)).ConfigureAwait(false);
        await turn.Begun.Task.ConfigureAwait(false);
        return turn;
    }

    /// <summary>What is left of the turn that runs, and all turns that wait.</summary>
    private double? Wait()
    {
        var now = _current!.Seconds ?? _meanSeconds;
        var left = now is { } expected ? Math.Max(expected - time.GetElapsedTime(_current.Start).TotalSeconds, 0) : (double?)null;
        return _waiting.Aggregate(left, (sum, turn) => sum + (turn.Seconds ?? _meanSeconds));
    }

    private void Begin(Turn turn)
    {
        _current = turn;
        turn.Start = time.GetTimestamp();
        turn.Begun.TrySetResult();
    }

    private void Abandon(Turn turn, CancellationToken cancellation)
    {
        lock (_lock)
        {
            // One that has left the queue has begun already.
            if (!_waiting.Remove(turn))
            {
                return;
            }
        }

        turn.Begun.TrySetCanceled(cancellation);
    }

    private void Leave(Turn turn)
    {
        lock (_lock)
        {
            var seconds = time.GetElapsedTime(turn.Start).TotalSeconds;
            _meanSeconds = _meanSeconds is { } mean ? mean + (NewestShare * (seconds - mean)) : seconds;
            _current = null;
            if (_waiting.First is { } first)
            {
                _waiting.RemoveFirst();
                Begin(first.Value);
            }
        }
    }

    private sealed class Turn(DeviceTurns turns, double? seconds) : IDisposable
    {
        private DeviceTurns? _turns = turns;

        public double? Seconds => seconds;

        public long Start { get; set; }

        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Dispose() => Interlocked.Exchange(ref _turns, null)?.Leave(this);
    }
}
