using InferenceBridge.Server.Diagnostics.Metrics;
using InferenceBridge.Server.Diagnostics.Tracing;

namespace InferenceBridge.Server.Monitoring;

/// <summary>Begins to watch jobs.</summary>
internal sealed class JobMonitor(JobRegistry registry, ServerMetrics metrics, TimeProvider time)
{
    /// <summary>Lists a job among the live ones until it is told that the job has ended.</summary>
    public JobTelemetry Begin(JobCaller caller)
    {
        var job = new JobTelemetry(caller, registry, metrics, JobTrace.Start(caller), time);
        registry.Add(job);
        return job;
    }
}
