using System.Diagnostics.Metrics;
using InferenceBridge.Server.Devices;
using InferenceBridge.Server.Monitoring;

namespace InferenceBridge.Server.Diagnostics.Metrics;

/// <summary>The instruments of the meter "InferenceBridge.Server"; docs/server.md lists them.</summary>
internal sealed class ServerMetrics
{
    /// <summary>Name of the meter that listeners subscribe to.</summary>
    public const string MeterName = "InferenceBridge.Server";

    // From a plane of a small image to a night of deconvolution.
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 1800, 7200],
    };

    private readonly Counter<long> _jobs;
    private readonly Counter<long> _errors;
    private readonly Counter<long> _tiles;
    private readonly Counter<long> _received;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _faults;
    private readonly Histogram<double> _jobDuration;
    private readonly Histogram<double> _stageDuration;
    private readonly Histogram<double> _tileDuration;
    private readonly Histogram<double> _batches;

    public ServerMetrics(IMeterFactory meters, JobRegistry registry, DeviceScheduler scheduler, StatusReporter status)
    {
        var meter = meters.Create(MeterName, ServerVersion.Text);
        _jobs = meter.CreateCounter<long>("inferencebridge.jobs", "{job}", "Jobs that have ended, by how they ended.");
        _errors = meter.CreateCounter<long>("inferencebridge.errors", "{call}", "Calls that ended with an error, by its kind.");
        _tiles = meter.CreateCounter<long>("inferencebridge.tiles", "{tile}", "Tiles computed (planes, for operations on bytes).");
        _received = meter.CreateCounter<long>("inferencebridge.received", "By", "Pixels received from clients.");
        _sent = meter.CreateCounter<long>("inferencebridge.sent", "By", "Pixels of results that clients have taken.");
        _faults = meter.CreateCounter<long>("inferencebridge.device.faults", "{fault}", "Tiles that a device failed, out of memory or lost.");
        _jobDuration = meter.CreateHistogram("inferencebridge.job.duration", "s", "Time from the call to its end.", advice: Seconds);
        _stageDuration = meter.CreateHistogram("inferencebridge.job.stage.duration", "s",
            "Time that completed jobs spent in a stage; stages overlap.", advice: Seconds);
        _tileDuration = meter.CreateHistogram("inferencebridge.tile.duration", "s", "Time to compute a tile, transfers included.", advice: Seconds);
        _batches = meter.CreateHistogram("inferencebridge.network.batch", "{block}",
            "Blocks that a package's network was given at once, those of several jobs together.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2, 4, 8] });
        meter.CreateObservableGauge("inferencebridge.jobs.active", () => ActiveJobs(registry), "{job}", "Jobs that run or wait, by state.");
        meter.CreateObservableGauge("inferencebridge.device.queue.length",
            () => scheduler.Devices.Select(device => Of(device, scheduler.WaitingCount(device))), "{tile}", "Tiles that wait for their turn at a device.");
        meter.CreateObservableGauge("inferencebridge.device.memory",
            () => scheduler.Devices.Where(device => device.MemoryBytes > 0).Select(device => Of(device, device.MemoryBytes)), "By",
            "Memory of a device; of the whole machine for a CPU.");
        meter.CreateObservableGauge("inferencebridge.device.memory.used",
            () => scheduler.Devices.Select(device => (device, used: DeviceMemory.UsedBytes(device))).Where(each => each.used > 0)
                .Select(each => Of(each.device, each.used)), "By", "Memory in use on a device; of the server's process for a CPU.");
        meter.CreateObservableGauge("inferencebridge.jobs.memory.predicted", () => registry.Snapshots().Sum(job => job.PredictedMemoryBytes), "By",
            "Memory that the jobs which run or wait are predicted to take, on devices and in the server.");
        meter.CreateObservableGauge("inferencebridge.uptime", () => status.Uptime.TotalSeconds, "s", "Time since the server started.");
        meter.CreateObservableGauge("inferencebridge.info",
            () => new Measurement<long>(1, new KeyValuePair<string, object?>("version", ServerVersion.Text)), null, "1, with the version of the server.");
    }

    public void JobEnded(string operation, string device, JobOutcome outcome, double seconds)
    {
        KeyValuePair<string, object?> end = new("outcome", outcome.ToString().ToLowerInvariant());
        _jobs.Add(1, Operation(operation), Device(device), end);
        _jobDuration.Record(seconds, Operation(operation), Device(device), end);
    }

    public void StagesEnded(string operation, string device, params ReadOnlySpan<(string Name, double Seconds)> stages)
    {
        foreach (var (name, seconds) in stages)
        {
            _stageDuration.Record(seconds, Operation(operation), Device(device), new("stage", name));
        }
    }

    /// <summary>A call, of whatever service, ended with an error.</summary>
    /// <param name="method">"/inferencebridge.v1.VolumeService/Process".</param>
    /// <param name="error">What its client is told.</param>
    public void CallFailed(string method, InferenceError error) =>
        _errors.Add(1, new("error", error.ToString()), new KeyValuePair<string, object?>("method", method.TrimStart('/')));

    public void TilesComputed(string operation, string device, long tiles, double? seconds)
    {
        _tiles.Add(tiles, Operation(operation), Device(device));
        if (seconds is { } each)
        {
            _tileDuration.Record(each, Operation(operation), Device(device));
        }
    }

    public void Batched(string operation, string device, int blocks) => _batches.Record(blocks, Operation(operation), Device(device));

    public void DeviceFailed(string device, DeviceFault fault) =>
        _faults.Add(1, Device(device), new("fault", fault == DeviceFault.Lost ? "lost" : "out_of_memory"));

    public void Received(string operation, long bytes) => _received.Add(bytes, Operation(operation));

    public void Sent(string operation, long bytes) => _sent.Add(bytes, Operation(operation));

    // A job that is refused before it has an operation or a device counts under "none": an empty label is none to Prometheus.
    private static KeyValuePair<string, object?> Operation(string id) => new("operation", id.Length > 0 ? id : "none");

    private static KeyValuePair<string, object?> Device(string id) => new("device", id.Length > 0 ? id : "none");

    private static Measurement<long> Of(ComputeDevice device, long value) => new(value, Device(device.Id));

    // Every state is told, also with 0, so that a graph has no gaps.
    private static IEnumerable<Measurement<long>> ActiveJobs(JobRegistry registry)
    {
        var jobs = registry.Snapshots();
        return Enum.GetValues<JobPhase>().Select(phase => new Measurement<long>(
            jobs.Count(job => job.Phase == phase), new KeyValuePair<string, object?>("state", phase.ToString().ToLowerInvariant())));
    }
}
