using InferenceBridge.Server.Devices;
using InferenceBridge.Server.Diagnostics.Metrics;
using InferenceBridge.Server.Diagnostics.Tracing;
using InferenceBridge.Server.Jobs;

namespace InferenceBridge.Server.Monitoring;

/// <summary>Tells the status, the metrics and the trace what a job does. Safe for use from all stages at once.</summary>
internal sealed class JobTelemetry(JobCaller caller, JobRegistry registry, ServerMetrics metrics, JobTrace trace, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();
    private long? _computeStart;
    private long? _spoolStart;
    private TimeSpan _queued;
    private TimeSpan _spooled;
    private bool _hasPlace;
    private JobSnapshot _state = new(caller.JobId, caller.Client);

    public string Id => caller.JobId;

    public JobSnapshot Snapshot()
    {
        lock (_lock)
        {
            return _state with
            {
                Elapsed = time.GetElapsedTime(_start),
                Computing = _computeStart is { } since ? time.GetElapsedTime(since) : TimeSpan.Zero,
            };
        }
    }

    /// <summary>The declaration is sound.</summary>
    public void Declared(JobRequest request)
    {
        var operation = request.Operation.Declaration.Id;
        Change(state => state with { Operation = operation, PlanesTotal = request.Result.Shape.PlaneCount });
        trace.Declared(request);
        trace.Begin(StageNames.Upload);
    }

    public void Accepted(Proto.Accepted accepted)
    {
        Change(state => state with
        {
            Device = accepted.Device, TilesTotal = accepted.TilePlan.Tiles, PredictedMemoryBytes = accepted.PredictedMemoryBytes,
        });
        trace.Accepted(accepted);
    }

    /// <summary>Waits for a place.</summary>
    public async Task QueueAsync(Task place)
    {
        if (!place.IsCompletedSuccessfully)
        {
            var start = time.GetTimestamp();
            trace.Begin(StageNames.Queue);
            try
            {
                await place.ConfigureAwait(false);
            }
            finally
            {
                _queued = time.GetElapsedTime(start);
                trace.End(StageNames.Queue);
            }
        }

        _hasPlace = true;
    }

    public void Progressed(Proto.Progress progress) => Change(state =>
    {
        var phase = progress switch
        {
            // With a place it waits for its turn at the device, which is a part of computing.
            { Stage: "queued" } => _hasPlace ? JobPhase.Computing : JobPhase.Queued,
            { Stage: "uploading" } => state.Phase == JobPhase.Spooling ? state.Phase : JobPhase.Uploading,
            _ => progress.PlanesComputed == progress.PlanesTotal ? JobPhase.Sending : JobPhase.Computing,
        };
        _computeStart ??= phase >= JobPhase.Computing ? time.GetTimestamp() : null;
        return state with
        {
            PlanesTotal = Math.Max(state.PlanesTotal, progress.PlanesTotal), Phase = phase, PlanesReceived = progress.PlanesReceived, PlanesComputed = progress.PlanesComputed,
            QueuePosition = phase == JobPhase.Queued ? progress.QueuePosition : 0,
            Wait = phase == JobPhase.Queued && progress.EstimatedWaitSeconds > 0 ? TimeSpan.FromSeconds(progress.EstimatedWaitSeconds) : null,
        };
    });

    public void SpoolBegins()
    {
        _spoolStart = time.GetTimestamp();
        Change(state => state with { Phase = JobPhase.Spooling });
        trace.Begin(StageNames.Spool);
    }

    public void SpoolEnds()
    {
        _spooled = time.GetElapsedTime(_spoolStart ?? time.GetTimestamp());
        trace.End(StageNames.Spool);
    }

    /// <summary>A tile begins on a device, under the thread that calls.</summary>
    public TileTelemetry BeginTile(string device, long voxels) => new(this, device, trace.BeginTile(device, voxels), time);

    /// <summary>Tiles were computed.</summary>
    /// <param name="device">Where.</param>
    /// <param name="tiles">How many.</param>
    /// <param name="seconds">How long each took; null where that was not measured.</param>
    public void TilesComputed(string device, long tiles, double? seconds = null)
    {
        Change(state => state with { Device = device, TilesComputed = state.TilesComputed + tiles });
        metrics.TilesComputed(_state.Operation, device, tiles, seconds);
    }

    /// <summary>A network was given blocks at once.</summary>
    /// <param name="device">Where.</param>
    /// <param name="blocks">How many, those of other jobs included.</param>
    public void Batched(string device, int blocks) => metrics.Batched(_state.Operation, device, blocks);

    public void DeviceFailed(string device, DeviceFault fault) => metrics.DeviceFailed(device, fault);

    public void Received(int bytes)
    {
        Change(state => state with { BytesReceived = state.BytesReceived + bytes });
        metrics.Received(_state.Operation, bytes);
    }

    public void UploadEnds() => trace.End(StageNames.Upload, Snapshot().BytesReceived);

    public void DownloadBegins() => trace.Begin(StageNames.Download);

    public void Sent(int bytes)
    {
        Change(state => state with { BytesSent = state.BytesSent + bytes });
        metrics.Sent(_state.Operation, bytes);
    }

    /// <summary>The job is over; only the first call counts.</summary>
    /// <param name="outcome">How it ended.</param>
    /// <param name="error">Name of the error; null where there was none.</param>
    /// <param name="clock">Time of its stages.</param>
    public void End(JobOutcome outcome, string? error, JobClock clock)
    {
        if (!registry.Remove(this, outcome))
        {
            return;
        }

        var state = Snapshot();
        metrics.JobEnded(state.Operation, state.Device, outcome, clock.TotalSeconds);
        if (outcome == JobOutcome.Completed)
        {
            metrics.StagesEnded(state.Operation, state.Device,
                (StageNames.Queue, _queued.TotalSeconds), (StageNames.Upload, clock.UploadSeconds), (StageNames.Spool, _spooled.TotalSeconds),
                (StageNames.Compute, clock.ComputeSeconds), (StageNames.Download, clock.DownloadSeconds));
        }

        trace.End(state, outcome, error);
    }

    private void Change(Func<JobSnapshot, JobSnapshot> change)
    {
        lock (_lock)
        {
            _state = change(_state);
        }
    }
}
