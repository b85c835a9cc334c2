using InferenceBridge.Server.Configuration;

namespace InferenceBridge.Server.Jobs;

/// <summary>Bounds the time that a job runs, from when it has left the queue.</summary>
internal sealed class JobTimeLimit(InferenceServerOptions options, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _source = new(Timeout.InfiniteTimeSpan, time);

    /// <summary>Cancelled when the job has run for too long.</summary>
    public CancellationToken Token => _source.Token;

    public bool IsExceeded => _source.IsCancellationRequested;

    public void Begin() => _source.CancelAfter(TimeSpan.FromSeconds(options.MaxJobSeconds));

    public InferenceException Exceeded(Exception cause) => new(InferenceError.DeadlineExceeded,
        OptionsFaults.Key(nameof(options.MaxJobSeconds)),
        $"The job has run for {options.MaxJobSeconds} s and was stopped; accepted by this server: less than that.", cause);

    public void Dispose() => _source.Dispose();
}
