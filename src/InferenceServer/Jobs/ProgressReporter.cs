namespace InferenceBridge.Server.Jobs;

/// <summary>Makes progress messages, at most ten a second, and at once when the stage changes.</summary>
internal sealed class ProgressReporter(
    TimeProvider time, long planesTotal, Action<Proto.ProcessResponse> post, Action<Proto.Progress>? observe = null)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly Proto.Progress _progress = new() { PlanesTotal = planesTotal, Stage = "" };
    private long? _last;

    public void Stage(string stage) => Update(progress => progress.Stage = stage, stage);

    public void Received(long planes) => Update(progress => progress.PlanesReceived += planes);

    public void Computed(long planes) => Update(progress => progress.PlanesComputed += planes);

    private void Update(Action<Proto.Progress> change, string? stage = null)
    {
        lock (_lock)
        {
            var isNews = stage is not null && stage != _progress.Stage;
            change(_progress);
            observe?.Invoke(_progress);
            if (isNews || _last is null || time.GetElapsedTime(_last.Value) >= Interval)
            {
                _last = time.GetTimestamp();
                post(new Proto.ProcessResponse { Progress = _progress.Clone() });
            }
        }
    }
}
