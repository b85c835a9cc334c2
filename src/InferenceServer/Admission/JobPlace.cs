namespace InferenceBridge.Server.Admission;

/// <summary>A job's place among those that run or wait, given back once.</summary>
internal sealed class JobPlace(JobAdmission admission, JobDemand demand, TimeProvider time) : IDisposable
{
    // Time passes for those who wait also while nobody ahead of them ends.
    private static readonly TimeSpan News = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public JobDemand Demand => demand;

    /// <summary>Timestamp of when it could run; null while it waits.</summary>
    public long? StartedAt { get; private set; }

    /// <summary>Hears of its place in the queue.</summary>
    internal Action<QueuePlace>? Moved { get; set; }

    /// <summary>Waits until the job may run.</summary>
    /// <param name="moved">Called at once where it has to wait, whenever its place changes, and every two seconds.</param>
    /// <param name="cancellation">Ends the wait; the place is still to be disposed of.</param>
    public async Task WaitAsync(Action<QueuePlace> moved, CancellationToken cancellation)
    {
        while (!_started.Task.IsCompleted)
        {
            admission.Tell(this, moved);
            try
            {
                await _started.Task.WaitAsync(News, time, cancellation).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                // Still waiting.
            }
        }
    }

    public void Dispose() => admission.Leave(this);

    internal void Start(long timestamp)
    {
        StartedAt = timestamp;
        _started.TrySetResult();
    }
}
