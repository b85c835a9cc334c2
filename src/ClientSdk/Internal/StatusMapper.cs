using Proto = InferenceBridge.Protocol.V1;

namespace InferenceBridge.Client.Internal;

/// <summary>The monitoring messages as records of the SDK.</summary>
internal static class StatusMapper
{
    // No clock of a server runs that long; a broken one must not end in an overflow.
    private const double LongestSeconds = 1e9;

    public static ServerStatus ToServerStatus(Proto.ServerStatus status)
    {
        var totals = status.Totals ?? new Proto.JobTotals();
        return new ServerStatus(status.ServerVersion, Time(status.UptimeSeconds))
        {
            Devices =
            [
                .. status.Devices.Select(device => new DeviceStatus(
                    device.Id, device.Name, device.MemoryBytes, device.MemoryUsedBytes, device.WaitingTiles, device.Lost)),
            ],
            QueueLength = status.QueueLength,
            MaxConcurrentJobs = status.MaxConcurrentJobs,
            Jobs = [.. status.Jobs.Select(ToJobStatus)],
            Totals = new JobTotals(totals.Completed, totals.Refused, totals.Cancelled, totals.Failed),
        };
    }

    private static JobStatus ToJobStatus(Proto.JobStatus job) => new(job.Id, ToState(job.State))
    {
        Operation = job.Operation,
        Client = job.Client,
        Device = job.Device,
        PlanesReceived = job.PlanesReceived,
        PlanesComputed = job.PlanesComputed,
        PlanesTotal = job.PlanesTotal,
        TilesComputed = job.TilesComputed,
        TilesTotal = job.TilesTotal,
        BytesReceived = job.BytesReceived,
        BytesSent = job.BytesSent,
        Elapsed = Time(job.ElapsedSeconds),
        Left = job.HasSecondsLeft ? Time(job.SecondsLeft) : null,
        PredictedMemoryBytes = job.PredictedMemoryBytes,
        QueuePosition = job.QueuePosition,
        Wait = job.HasEstimatedWaitSeconds ? Time(job.EstimatedWaitSeconds) : null,
    };

    private static JobState ToState(Proto.JobState state) => state switch
    {
        Proto.JobState.Starting => JobState.Starting,
        Proto.JobState.Queued => JobState.Queued,
        Proto.JobState.Uploading => JobState.Uploading,
        Proto.JobState.Spooling => JobState.Spooling,
        Proto.JobState.Computing => JobState.Computing,
        Proto.JobState.Sending => JobState.Sending,
        _ => JobState.Unknown,
    };

    private static TimeSpan Time(double seconds) =>
        double.IsNaN(seconds) ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Clamp(seconds, 0, LongestSeconds));
}
