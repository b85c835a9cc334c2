using InferenceBridge.Server.Devices;

namespace InferenceBridge.Server.Jobs;

/// <summary>Bounds the number of jobs that run at once; others wait, first come, first served.</summary>
internal sealed class JobAdmission(InferenceServerOptions options)
{
    private readonly FifoGate _gate = new(options.MaxConcurrentJobs);

    /// <summary>Waits for a place, which is free again when the result is disposed.</summary>
    /// <param name="waiting">Called where the job cannot begin at once.</param>
    /// <param name="cancellation">Gives up the place in the queue.</param>
    public async ValueTask<IDisposable> EnterAsync(Action waiting, CancellationToken cancellation)
    {
        var entering = _gate.EnterAsync(cancellation);
        if (!entering.IsCompleted)
        {
            waiting();
        }

        return await entering.ConfigureAwait(false);
    }
}
