using InferenceBridge.Server.Admission;

namespace InferenceBridge.Server.Jobs;

/// <summary>Makes progress messages, at most ten a second, and at once when the stage or the place in a queue changes.</summary>
internal sealed class ProgressReporter(
    TimeProvider time, long planesTotal, Action<Proto.ProcessResponse> post, Action<Proto.Progress>? observe = null)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly Proto.Progress _progress = new() { PlanesTotal = planesTotal, Stage = "" };
    private long? _last;
    private double _partOfTile;
    private double _unsent;

    /// <summary>Part of the result that has been computed, from 0 to 1.</summary>
    public double Fraction
    {
        get
        {
            lock (_lock)
            {
                return Computed();
            }
        }
    }

    public void Stage(string stage) => Update(progress =>
    {
        (progress.Stage, progress.QueuePosition, progress.EstimatedWaitSeconds) = (stage, 0, 0);
        (progress.Iteration, progress.Iterations) = (0, 0);
        _partOfTile = 0;
    });

    public void Queued(QueuePlace place) => Update(progress =>
        (progress.Stage, progress.QueuePosition, progress.EstimatedWaitSeconds) = ("queued", place.Position, place.Seconds ?? 0));

    public void Received(long planes) => Update(progress => progress.PlanesReceived += planes);

    /// <summary>Planes are on their way to the client.</summary>
    public void Computed(long planes) => Update(progress =>
    {
        progress.PlanesComputed += planes;
        _unsent = Math.Max(0, _unsent - planes);
    });

    /// <summary>A tile is computed, and waits for those beside it.</summary>
    /// <param name="planes">What it is worth, in planes.</param>
    public void TileComputed(double planes) => Update(_ =>
    {
        _unsent += planes;
        _partOfTile = 0;
    });

    /// <summary>An iteration on a tile has ended.</summary>
    /// <param name="done">Iterations done.</param>
    /// <param name="most">Iterations at most; after them the tile is computed.</param>
    /// <param name="planes">What the tile is worth, in planes.</param>
    public void Iterated(int done, int most, double planes) => Update(progress =>
    {
        (progress.Iteration, progress.Iterations) = (done, most);
        progress.Stage = $"computing, iteration {done} of {most}";
        _partOfTile = planes * done / most;
    }, isNews: false);

    private double Computed() => Math.Min(1, (_progress.PlanesComputed + _unsent + _partOfTile) / planesTotal);

    private void Update(Action<Proto.Progress> change, bool isNews = true)
    {
        lock (_lock)
        {
            var (stage, position) = (_progress.Stage, _progress.QueuePosition);
            change(_progress);
            _progress.Fraction = Computed();
            observe?.Invoke(_progress);
            var changed = isNews && (stage != _progress.Stage || position != _progress.QueuePosition);
            if (changed || _last is null || time.GetElapsedTime(_last.Value) >= Interval)
            {
                _last = time.GetTimestamp();
                post(new Proto.ProcessResponse { Progress = _progress.Clone() });
            }
        }
    }
}
