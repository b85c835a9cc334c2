using System.Diagnostics;

namespace InferenceBridge.Server.Monitoring;

/// <summary>A tile under way; it counts when <see cref="Complete"/> is called before the end.</summary>
internal struct TileTelemetry(JobTelemetry job, string device, Activity? activity, TimeProvider time) : IDisposable
{
    private readonly long _start = time.GetTimestamp();
    private bool _isComplete;

    public void Complete()
    {
        _isComplete = true;
        job.TilesComputed(device, 1, time.GetElapsedTime(_start).TotalSeconds);
    }

    public readonly void Dispose()
    {
        if (!_isComplete)
        {
            activity?.SetStatus(ActivityStatusCode.Error);
        }

        activity?.Dispose();
    }
}
