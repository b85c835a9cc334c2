namespace InferenceBridge.Server.Hosting;

/// <summary>Knows the jobs that run, and lets them end before the server stops.</summary>
internal sealed class JobTracker(TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _draining = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;

    /// <summary>Cancelled as soon as the server begins to stop: no new jobs are taken.</summary>
    public CancellationToken DrainingToken => _draining.Token;

    /// <summary>Cancelled when running jobs have had their time to end.</summary>
    public CancellationToken StopToken => _stop.Token;

    /// <summary>Jobs that run or wait.</summary>
    public int Running
    {
        get
        {
            lock (_lock)
            {
                return _running;
            }
        }
    }

    public static InferenceException Stopping() => new(InferenceError.ServerStopping, "",
        "The server is stopping; try again later or elsewhere.");

    /// <summary>Registers a job until the result is disposed.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.ServerStopping"/>.</exception>
    public IDisposable Begin()
    {
        lock (_lock)
        {
            if (_draining.IsCancellationRequested)
            {
                throw Stopping();
            }

            _running++;
        }

        return new Registration(this);
    }

    /// <summary>Refuses new jobs, waits for the running ones, then cancels what is left.</summary>
    public async Task DrainAsync(TimeSpan grace, CancellationToken cancellation)
    {
        lock (_lock)
        {
            _draining.Cancel();
            if (_running == 0)
            {
                _idle.TrySetResult();
            }
        }

        try
        {
            await _idle.Task.WaitAsync(grace, time, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            await _stop.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Waits until no job runs.</summary>
    public Task WaitIdleAsync(TimeSpan timeout) => _idle.Task.WaitAsync(timeout, time);

    public void Dispose()
    {
        _draining.Dispose();
        _stop.Dispose();
    }

    private void End()
    {
        lock (_lock)
        {
            if (--_running == 0 && _draining.IsCancellationRequested)
            {
                _idle.TrySetResult();
            }
        }
    }

    private sealed class Registration(JobTracker tracker) : IDisposable
    {
        private JobTracker? _tracker = tracker;

        public void Dispose() => Interlocked.Exchange(ref _tracker, null)?.End();
    }
}
