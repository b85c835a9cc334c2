using System.Collections.Concurrent;

namespace InferenceBridge.Server.Monitoring;

/// <summary>The jobs that run or wait, and how many have ended how.</summary>
internal sealed class JobRegistry
{
    private readonly ConcurrentDictionary<string, JobTelemetry> _jobs = new(StringComparer.Ordinal);
    private readonly long[] _ended = new long[Enum.GetValues<JobOutcome>().Length];

    public void Add(JobTelemetry job) => _jobs[job.Id] = job;

    /// <summary>Takes a job that has ended off the list; false where it was off already.</summary>
    public bool Remove(JobTelemetry job, JobOutcome outcome)
    {
        var isFirst = _jobs.TryRemove(job.Id, out _);
        if (isFirst)
        {
            Interlocked.Increment(ref _ended[(int)outcome]);
        }

        return isFirst;
    }

    /// <summary>Live jobs, the oldest first.</summary>
    public IReadOnlyList<JobSnapshot> Snapshots() => [.. _jobs.Values.Select(job => job.Snapshot()).OrderByDescending(job => job.Elapsed)];

    /// <summary>Jobs that ended so since the start.</summary>
    public long Ended(JobOutcome outcome) => Interlocked.Read(ref _ended[(int)outcome]);
}
