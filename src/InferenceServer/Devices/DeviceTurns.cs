using InferenceBridge.Server.Admission;

namespace InferenceBridge.Server.Devices;

/// <summary>
/// Turns at one device, one at a time. A job asks for its next turn when its last one is over, so that first come, first served
/// goes round the jobs: each waits for one tile of every other, however many tiles they have left. Jobs of one group have their turns
/// together: what waits when a turn of the group begins joins it, and what comes later does where nobody else waits.
/// </summary>
internal sealed class DeviceTurns(TimeProvider time)
{
    // Share of the newest tile in the mean.
    private const double NewestShare = 0.2;

    // Each takes a thread while it computes.
    private const int MostTogether = 8;

    private readonly Lock _lock = new();
    private readonly LinkedList<Turn> _waiting = new();
    private readonly List<Turn> _running = [];
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
    /// <param name="group">What jobs that may have their turns together have in common; null for a turn alone.</param>
    /// <exception cref="OperationCanceledException">Cancelled while waiting; no turn is held.</exception>
    public async ValueTask<IDisposable> EnterAsync(double? seconds, Action<QueuePlace> waiting, CancellationToken cancellation, object? group = null)
    {
        cancellation.ThrowIfCancellationRequested();
        var turn = new Turn(this, seconds, group);
        QueuePlace place;
        lock (_lock)
        {
            if (_running.Count == 0 || (_waiting.Count == 0 && Joins(turn)))
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
        var left = _running.Select(Left).Aggregate((most, other) => most is null || other is null ? null : Math.Max(most.Value, other.Value));
        return _waiting.Aggregate(left, (sum, turn) => sum + (turn.Seconds ?? _meanSeconds));
    }

    private double? Left(Turn turn) => (turn.Seconds ?? _meanSeconds) is { } expected
        ? Math.Max(expected - time.GetElapsedTime(turn.Start).TotalSeconds, 0) : null;

    private bool Joins(Turn turn) => turn.Group is not null && _running.Count < MostTogether && ReferenceEquals(_running[0].Group, turn.Group);

    private void Begin(Turn turn)
    {
        _running.Add(turn);
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
            _running.Remove(turn);
            if (_running.Count == 0)
            {
                BeginNext();
            }
        }
    }

    private void BeginNext()
    {
        for (var (node, next) = (_waiting.First, (LinkedListNode<Turn>?)null); node is not null; node = next)
        {
            next = node.Next;
            if (_running.Count == 0 || Joins(node.Value))
            {
                _waiting.Remove(node);
                Begin(node.Value);
            }
        }
    }

    private sealed class Turn(DeviceTurns turns, double? seconds, object? group) : IDisposable
    {
        private DeviceTurns? _turns = turns;

        public object? Group => group;

        public double? Seconds => seconds;

        public long Start { get; set; }

        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Dispose() => Interlocked.Exchange(ref _turns, null)?.Leave(this);
    }
}
