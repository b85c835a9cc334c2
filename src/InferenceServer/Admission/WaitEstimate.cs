namespace InferenceBridge.Server.Admission;

/// <summary>Estimates how long jobs wait, from how long jobs took and from how far the running ones are.</summary>
internal sealed class WaitEstimate(TimeProvider time)
{
    // A job that has done less than this tells little of how long it will take.
    private const double TellingFraction = 0.02;

    // Share of the newest job in the mean: about the last ten count.
    private const double NewestShare = 0.2;

    private double? _meanSeconds;

    /// <summary>A job has ended, well or not.</summary>
    public void Ended(JobPlace job)
    {
        var seconds = Elapsed(job);
        _meanSeconds = _meanSeconds is { } mean ? mean + (NewestShare * (seconds - mean)) : seconds;
    }

    /// <summary>Seconds until the first, the second, ... of those who wait gets its place; null where that is not known. Endless.</summary>
    public IEnumerable<double?> Waits(IReadOnlyList<JobPlace> running)
    {
        var remaining = running.Select(Remaining).ToArray();
        if (remaining.Length == 0 || remaining.Any(seconds => seconds is null))
        {
            while (true)
            {
                yield return null;
            }
        }

        // Whoever comes next takes the place that is free first, and gives it back after as long as jobs take.
        var ends = new PriorityQueue<double, double>(remaining.Select(seconds => (seconds!.Value, seconds.Value)));
        var each = _meanSeconds ?? running.Select((job, i) => Elapsed(job) + remaining[i]!.Value).Average();
        while (true)
        {
            var end = ends.Dequeue();
            yield return end;
            ends.Enqueue(end + each, end + each);
        }
    }

    // A job of which nothing is known but that it still runs is no job like the others: as likely as not it takes as long again.
    private double? Remaining(JobPlace job)
    {
        var fraction = Math.Clamp(job.Demand.Fraction(), 0, 1);
        var elapsed = Elapsed(job);
        return fraction >= TellingFraction ? elapsed * (1 - fraction) / fraction
            : _meanSeconds is { } mean ? Math.Max(mean - elapsed, elapsed)
            : null;
    }

    private double Elapsed(JobPlace job) => job.StartedAt is { } start ? time.GetElapsedTime(start).TotalSeconds : 0;
}
