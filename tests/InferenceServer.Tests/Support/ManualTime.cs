namespace InferenceBridge.Server.Tests.Support;

/// <summary>
/// A clock that a test sets; timers fire once when their time has come. Its wall clock is another matter: a test may set that
/// back and forth, as daylight saving, a time server or a person do.
/// </summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<Timer> _timers = [];
    private long _ticks;

    /// <summary>What the wall clock shows.</summary>
    public DateTimeOffset WallClock { get; set; } = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override DateTimeOffset GetUtcNow() => WallClock;

    public void Advance(TimeSpan time)
    {
        Timer[] due;
        lock (_lock)
        {
            _ticks += time.Ticks;
            due = [.. _timers.Where(timer => timer.Due <= _ticks)];
            _timers.RemoveAll(timer => due.Contains(timer));
        }

        foreach (var timer in due)
        {
            timer.Fire();
        }
    }

    /// <summary>Lets time pass, second by second, until a task ends that waits for it.</summary>
    public async Task AdvanceUntilAsync(Task task)
    {
        while (!task.IsCompleted)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(ManualTime time, Action fire) : ITimer
    {
        public long Due { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                time._timers.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = time._ticks + dueTime.Ticks;
                    time._timers.Add(this);
                }
            }

            return true;
        }

        public void Dispose()
        {
            lock (time._lock)
            {
                time._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
