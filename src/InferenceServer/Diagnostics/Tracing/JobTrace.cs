using System.Diagnostics;
using InferenceBridge.Imaging;
using InferenceBridge.Server.Jobs;
using InferenceBridge.Server.Monitoring;

namespace InferenceBridge.Server.Diagnostics.Tracing;

/// <summary>
/// The activity of a job and those of its stages, from the source "InferenceBridge.Server". Nothing is made where nobody
/// listens. The stages overlap and begin and end on several threads, so they hang on the job and never on each other.
/// </summary>
internal sealed class JobTrace
{
    /// <summary>Name of the source that listeners subscribe to.</summary>
    public const string SourceName = "InferenceBridge.Server";

    private static readonly ActivitySource Source = new(SourceName, ServerVersion.Text);

    private readonly Lock _lock = new();
    private readonly Activity? _job;
    private readonly Dictionary<string, Activity> _stages = new(StringComparer.Ordinal);

    private JobTrace(Activity? job) => _job = job;

    public static JobTrace Start(JobCaller caller)
    {
        var job = Source.StartActivity("InferenceBridge.Job", ActivityKind.Server, caller.Trace);
        job?.SetTag("inferencebridge.job.id", caller.JobId).SetTag("client.address", caller.Client);
        return new JobTrace(job);
    }

    public void Declared(JobRequest request)
    {
        if (_job is not null)
        {
            var (declaration, image) = (request.Operation.Declaration, request.Image);
            _job.DisplayName = declaration.Id;
            _job.SetTag("inferencebridge.operation", declaration.Id).SetTag("inferencebridge.operation.version", declaration.Version)
                .SetTag("inferencebridge.image.shape", image.Shape.ToString()).SetTag("inferencebridge.image.pixel_type", image.PixelType.Name())
                .SetTag("inferencebridge.image.bytes", image.TotalBytes);
        }
    }

    public void Accepted(Proto.Accepted accepted) => _job?
        .SetTag("inferencebridge.tiles.planned", accepted.TilePlan.Tiles)
        .SetTag("inferencebridge.memory.predicted_bytes", accepted.PredictedMemoryBytes);

    /// <summary>A stage begins.</summary>
    public void Begin(string stage)
    {
        if (_job is null)
        {
            return;
        }

        // The stage ends on another thread: it must not stay current on this one.
        var current = Activity.Current;
        var activity = Source.StartActivity(stage, ActivityKind.Internal, _job.Context);
        Activity.Current = current;
        lock (_lock)
        {
            if (activity is not null && !_stages.TryAdd(stage, activity))
            {
                activity.Dispose();
            }
        }
    }

    /// <summary>A stage ends, if it had begun.</summary>
    /// <param name="stage">Which.</param>
    /// <param name="bytes">Pixels that it moved; null where it moves none.</param>
    public void End(string stage, long? bytes = null)
    {
        if (_job is null)
        {
            return;
        }

        lock (_lock)
        {
            if (_stages.Remove(stage, out var activity))
            {
                Stop(activity, bytes);
            }
        }
    }

    /// <summary>A tile begins under the current thread, which also ends it; null where nobody listens.</summary>
    public Activity? BeginTile(string device, long voxels) => _job is null
        ? null
        : Source.StartActivity("tile", ActivityKind.Internal, _job.Context)?
            .SetTag("inferencebridge.device", device).SetTag("inferencebridge.tile.voxels", voxels);

    /// <summary>The job is over, and every stage that has not ended.</summary>
    public void End(JobSnapshot state, JobOutcome outcome, string? error)
    {
        if (_job is null)
        {
            return;
        }

        End(StageNames.Upload, state.BytesReceived);
        End(StageNames.Download, state.BytesSent);
        End(StageNames.Queue);
        End(StageNames.Spool);
        _job.SetTag("inferencebridge.device", state.Device).SetTag("inferencebridge.outcome", outcome.ToString().ToLowerInvariant())
            .SetTag("inferencebridge.tiles.computed", state.TilesComputed)
            .SetTag("inferencebridge.bytes.received", state.BytesReceived).SetTag("inferencebridge.bytes.sent", state.BytesSent);
        if (error is not null)
        {
            _job.SetTag("error.type", error).SetStatus(ActivityStatusCode.Error);
        }

        _job.Dispose();
    }

    private static void Stop(Activity activity, long? bytes)
    {
        if (bytes is not null)
        {
            activity.SetTag("inferencebridge.bytes", bytes);
        }

        var current = Activity.Current;
        activity.Dispose();
        Activity.Current = current;
    }
}
