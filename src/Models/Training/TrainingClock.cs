namespace InferenceBridge.Models.Training;

/// <summary>Time spent on a training, over all its runs.</summary>
internal sealed class TrainingClock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private double _before;
    private long _mark = time.GetTimestamp();
    private (long Step, double Seconds)? _first;
    private (double Position, double Seconds)? _origin;

    public double Seconds => _before + time.GetElapsedTime(_start).TotalSeconds;

    public TimeSpan SinceMark => time.GetElapsedTime(_mark);

    /// <summary>Adds what runs before this one took.</summary>
    public void StartFrom(double seconds) => _before = seconds;

    public void Mark() => _mark = time.GetTimestamp();

    /// <summary>Speed since the first call of this.</summary>
    public double StepsPerSecond(long step)
    {
        _first ??= (step, Seconds);
        return Seconds > _first.Value.Seconds ? (step - _first.Value.Step) / (Seconds - _first.Value.Seconds) : 0;
    }

    /// <summary>Time left at the pace since the first call of this.</summary>
    public TimeSpan? Remaining(double position)
    {
        _origin ??= (position, Seconds);
        var (done, seconds) = (position - _origin.Value.Position, Seconds - _origin.Value.Seconds);
        return done > 0 && seconds > 0 ? TimeSpan.FromSeconds(seconds / done * (1 - position)) : null;
    }
}
