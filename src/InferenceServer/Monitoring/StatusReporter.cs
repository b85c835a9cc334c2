using InferenceBridge.Server.Devices;

namespace InferenceBridge.Server.Monitoring;

/// <summary>Says what the server is doing now.</summary>
internal sealed class StatusReporter(JobRegistry registry, DeviceScheduler scheduler, InferenceServerOptions options, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    public TimeSpan Uptime => time.GetElapsedTime(_start);

    public Proto.ServerStatus Status()
    {
        var jobs = registry.Snapshots();
        return new Proto.ServerStatus
        {
            ServerVersion = ServerVersion.Text,
            UptimeSeconds = Uptime.TotalSeconds,
            Devices = { scheduler.Devices.Select(ToProto) },
            QueueLength = jobs.Count(job => job.Phase == JobPhase.Queued),
            MaxConcurrentJobs = options.MaxConcurrentJobs,
            Jobs = { jobs.Select(ToProto) },
            Totals = new Proto.JobTotals
            {
                Completed = registry.Ended(JobOutcome.Completed),
                Refused = registry.Ended(JobOutcome.Refused),
                Cancelled = registry.Ended(JobOutcome.Cancelled),
                Failed = registry.Ended(JobOutcome.Failed),
            },
        };
    }

    internal static Proto.JobStatus ToProto(JobSnapshot job)
    {
        var status = new Proto.JobStatus
        {
            Id = job.Id,
            Operation = job.Operation,
            Client = job.Client,
            State = Proto.JobState.Starting + (int)job.Phase,
            Device = job.Device,
            PlanesReceived = job.PlanesReceived,
            PlanesComputed = job.PlanesComputed,
            PlanesTotal = job.PlanesTotal,
            TilesComputed = job.TilesComputed,
            TilesTotal = job.TilesTotal,
            BytesReceived = job.BytesReceived,
            BytesSent = job.BytesSent,
            ElapsedSeconds = job.Elapsed.TotalSeconds,
            PredictedMemoryBytes = job.PredictedMemoryBytes,
            QueuePosition = job.QueuePosition,
        };
        if (job.Wait is { } wait)
        {
            status.EstimatedWaitSeconds = wait.TotalSeconds;
        }

        if (job.Left is { } left)
        {
            status.SecondsLeft = left.TotalSeconds;
        }

        return status;
    }

    private Proto.DeviceStatus ToProto(ComputeDevice device) => new()
    {
        Id = device.Id,
        Name = device.Name,
        MemoryBytes = device.MemoryBytes,
        MemoryUsedBytes = DeviceMemory.UsedBytes(device),
        WaitingTiles = scheduler.WaitingCount(device),
        Lost = scheduler.IsLost(device),
    };
}
