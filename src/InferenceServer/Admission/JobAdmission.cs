using System.Globalization;
using InferenceBridge.Server.Configuration;

namespace InferenceBridge.Server.Admission;

/// <summary>
/// Lets jobs run while there are places and memory for them; others wait, first come, first served, in a queue of bounded
/// length. A job that waits is told its place and how long it will wait.
/// </summary>
internal sealed class JobAdmission(InferenceServerOptions options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly MemoryBudget _budget = MemoryBudget.From(options);
    private readonly WaitEstimate _estimate = new(time);
    private readonly LinkedList<JobPlace> _waiting = new();
    private readonly List<JobPlace> _running = [];

    /// <summary>Jobs that run.</summary>
    public int RunningCount
    {
        get
        {
            lock (_lock)
            {
                return _running.Count;
            }
        }
    }

    /// <summary>Jobs that wait.</summary>
    public int WaitingCount
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Takes a place among the running jobs or in the queue; it is free again when the result is disposed.</summary>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.ServerBusy"/>: the queue is full, or the client has as many jobs here as it may.
    /// </exception>
    public JobPlace Enter(JobDemand demand)
    {
        lock (_lock)
        {
            CheckClient(demand.Client);
            var place = new JobPlace(this, demand, time);
            if (_waiting.Count == 0 && CanRun(demand))
            {
                Start(place);
                return place;
            }

            CheckQueue();
            _waiting.AddLast(place);
            return place;
        }
    }

    /// <summary>Tells a waiting job its place now, and from now on whenever it changes.</summary>
    internal void Tell(JobPlace place, Action<QueuePlace> moved)
    {
        lock (_lock)
        {
            place.Moved = moved;
            if (place.StartedAt is null)
            {
                moved(Places().First(pair => pair.Job == place).Place);
            }
        }
    }

    internal void Leave(JobPlace place)
    {
        lock (_lock)
        {
            if (_running.Remove(place))
            {
                _estimate.Ended(place);
            }
            else if (!_waiting.Remove(place))
            {
                return;
            }

            while (_waiting.First?.Value is { } next && CanRun(next.Demand))
            {
                _waiting.RemoveFirst();
                Start(next);
            }

            // Within the lock, so that nobody hears of an old place after a new one. It only queues a message.
            foreach (var (job, now) in Places())
            {
                job.Moved?.Invoke(now);
            }
        }
    }

    private bool CanRun(JobDemand demand) => _running.Count < options.MaxConcurrentJobs
        && _budget.Fits([.. _running.Select(job => job.Demand.Memory)], demand.Memory);

    private void Start(JobPlace place)
    {
        _running.Add(place);
        place.Start(time.GetTimestamp());
    }

    private IEnumerable<(JobPlace Job, QueuePlace Place)> Places() => _waiting
        .Zip(_estimate.Waits(_running), (job, seconds) => (job, seconds))
        .Select((pair, i) => (pair.job, new QueuePlace(i + 1, pair.seconds)));

    private void CheckClient(string client)
    {
        var jobs = _running.Concat(_waiting).Count(job => job.Demand.Client == client);
        if (options.MaxJobsPerClient > 0 && jobs >= options.MaxJobsPerClient)
        {
            throw new InferenceException(InferenceError.ServerBusy, OptionsFaults.Key(nameof(options.MaxJobsPerClient)),
                $"{client} has {jobs} jobs here that run or wait; accepted: {options.MaxJobsPerClient} a client at a time. "
                + "Try again when one of them has ended.");
        }
    }

    private void CheckQueue()
    {
        if (_waiting.Count >= options.MaxQueuedJobs)
        {
            var wait = _estimate.Waits(_running).ElementAt(_waiting.Count) is { } seconds
                ? string.Create(CultureInfo.InvariantCulture, $"about {seconds:0} s")
                : "not known yet";
            throw new InferenceException(InferenceError.ServerBusy, OptionsFaults.Key(nameof(options.MaxQueuedJobs)),
                $"{_running.Count} jobs run and {_waiting.Count} wait; accepted: {options.MaxQueuedJobs} that wait. "
                + $"The wait is {wait}; try again later.");
        }
    }
}
