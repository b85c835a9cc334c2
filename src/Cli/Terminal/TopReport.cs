using System.Globalization;
using InferenceBridge.Client;

namespace InferenceBridge.Cli;

/// <summary>The state of a server, for people or as JSON.</summary>
internal static class TopReport
{
    public static object ToJson(ServerStatus status) => new
    {
        ServerVersion = status.Version,
        UptimeSeconds = status.Uptime.TotalSeconds,
        status.Devices,
        status.QueueLength,
        status.MaxConcurrentJobs,
        Jobs = status.Jobs.Select(job => new
        {
            job.Id, job.Operation, job.Client, job.State, job.Device,
            job.PlanesReceived, job.PlanesComputed, job.PlanesTotal, job.TilesComputed, job.TilesTotal,
            job.BytesReceived, job.BytesSent, ElapsedSeconds = job.Elapsed.TotalSeconds, SecondsLeft = job.Left?.TotalSeconds,
            job.PredictedMemoryBytes, job.QueuePosition, EstimatedWaitSeconds = job.Wait?.TotalSeconds,
        }),
        status.Totals,
    };

    public static string ToText(string address, ServerStatus status)
    {
        var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var totals = status.Totals;
        var running = status.Jobs.Count(job => job.State is not (JobState.Starting or JobState.Queued));
        output.WriteLine($"InferenceBridge {Clean(status.Version)} at {address}, up {Time(status.Uptime)}");
        output.WriteLine($"{running} running of at most {status.MaxConcurrentJobs}, {status.QueueLength} queued; since the start "
            + $"{totals.Completed} completed, {totals.Refused} refused, {totals.Cancelled} cancelled, {totals.Failed} failed");
        var devices = new TextTable();
        foreach (var device in status.Devices)
        {
            devices.Add(Clean(device.Id), Clean(device.Name), Memory(device), device.IsLost ? "lost: restart the server" : $"{device.WaitingTiles} jobs waiting for a turn");
        }

        devices.WriteTo(output);
        output.WriteLine();
        if (status.Jobs.Count == 0)
        {
            output.WriteLine("No jobs.");
            return output.ToString();
        }

        var jobs = new TextTable("JOB", "OPERATION", "STATE", "DEVICE", "PLANES", "TILES", "IN", "OUT", "ELAPSED", "LEFT", "CLIENT");
        foreach (var job in status.Jobs)
        {
            jobs.Add(Clean(job.Id), Clean(job.Operation), State(job), Clean(job.Device), Planes(job),
                $"{job.TilesComputed}/{job.TilesTotal}", Format.Bytes(job.BytesReceived), Format.Bytes(job.BytesSent),
                Time(job.Elapsed), job.Left is { } left ? Time(left) : "", Clean(job.Client));
        }

        jobs.WriteTo(output);
        return output.ToString();
    }

    private static string State(JobStatus job) => job.State == JobState.Queued && job.QueuePosition > 0
        ? $"queued, place {job.QueuePosition}{(job.Wait is { } wait ? $", {Time(wait)}" : "")}"
        : job.State.ToString().ToLowerInvariant();

    private static string Planes(JobStatus job) => job.PlanesTotal == 0 ? "" : string.Create(CultureInfo.InvariantCulture,
        $"{job.PlanesComputed}/{job.PlanesTotal} {100.0 * job.PlanesComputed / job.PlanesTotal:0} %");

    private static string Memory(DeviceStatus device) => (device.MemoryUsedBytes, device.MemoryBytes) switch
    {
        (0, 0) => "memory not known",
        (0, _) => Format.Bytes(device.MemoryBytes),
        (_, 0) => $"{Format.Bytes(device.MemoryUsedBytes)} in use",
        _ => $"{Format.Bytes(device.MemoryUsedBytes)} in use of {Format.Bytes(device.MemoryBytes)}",
    };

    private static string Time(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}");

    // What a server says of itself must not move the cursor of this terminal.
    private static string Clean(string text) => string.Concat(text.Where(letter => !char.IsControl(letter)));
}
