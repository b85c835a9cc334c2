using System.Globalization;
using InferenceBridge.Benchmarks.Harness;
using InferenceBridge.Client;

namespace InferenceBridge.Benchmarks.Registration;

/// <summary>A simulated instrument through a server in another process: how late answers come, how evenly, and whether any is missing.</summary>
internal sealed class FrameStreamBenchmark : IBenchmark
{
    private const double Rate = 30;
    private const double BudgetMilliseconds = 1000 / Rate;
    private const double Minutes = 10;
    private const int Side = 512;
    private const int MovieFrames = 90;
    private const int FastFrames = 600;
    private const double MiB = 1 << 20;

    // How long the instrument runs, for a short try, and through which operation.
    private const string MinutesVariable = "INFERENCEBRIDGE_MINUTES";
    private const string OperationVariable = "INFERENCEBRIDGE_OPERATION";

    public string Name => "frame-stream";

    public string Summary => "a simulated instrument at 30 Hz, 512x512 in 16 bits, for 10 minutes through register/rigid: latency, jitter, frames lost";

    public IReadOnlyList<string> Packages => [];

    public async Task<BenchmarkResult> RunAsync(Action<string> log, CancellationToken cancellation)
    {
        var minutes = double.TryParse(Environment.GetEnvironmentVariable(MinutesVariable), CultureInfo.InvariantCulture, out var given) ? given : Minutes;
        var operation = Environment.GetEnvironmentVariable(OperationVariable) is { Length: > 0 } named ? named : "register/rigid";
        using var movie = DriftingMovie.Create(MovieFrames, Side);
        using var server = await ServerProcess.StartAsync(cancellation);
        await using var client = InferenceBridgeClient.Connect(server.Addresses[0]);
        await SimulatedInstrument.RunAsync(client, operation, movie, MovieFrames, 0, cancellation);
        log($"warmed up; {minutes:0.##} minutes at {Rate} Hz");
        var before = ProcessMemory.ResidentBytes(server.Id) / MiB;
        var live = await SimulatedInstrument.RunAsync(client, operation, movie, Math.Max(2, (long)(minutes * 60 * Rate)), Rate, cancellation);
        var after = ProcessMemory.ResidentBytes(server.Id) / MiB;
        log($"median {live.Latency.Median:0.0} ms, p99 {live.Latency.Percentile(0.99):0.0} ms, {live.Sent - live.Summary.Answered} lost; now as fast as frames are taken");
        var fast = await SimulatedInstrument.RunAsync(client, operation, movie, FastFrames, 0, cancellation);
        var p99 = live.Latency.Percentile(0.99);
        Figure[] figures =
        [
            new("minutes", minutes, "min"), new("frames_sent", live.Sent), new("frames_lost", live.Sent - live.Summary.Answered),
            new("latency_p50_ms", live.Latency.Median, "ms"), new("latency_p99_ms", p99, "ms"), new("latency_max_ms", live.Latency.Percentile(1), "ms"),
            new("latency_sd_ms", live.Latency.StandardDeviation, "ms"), new("jitter_ms", live.JitterMilliseconds, "ms"),
            new("server_latency_p50_ms", live.Summary.MedianLatency.TotalMilliseconds, "ms"), new("server_latency_p99_ms", live.Summary.Latency99.TotalMilliseconds, "ms"),
            new("latency_p99_over_budget", p99 / BudgetMilliseconds), new("fastest_frames_per_second", FastFrames / fast.Seconds, "1/s"),
            new("fastest_over_30_hz", FastFrames / fast.Seconds / Rate), new("server_growth_mib", after - before, "MiB"), new("server_peak_mib", ProcessMemory.PeakBytes(server.Id) / MiB, "MiB"),
        ];
        return new BenchmarkResult(figures, [new("frames_lost", AtMost: 0), new("latency_p99_over_budget", AtMost: 1), new("fastest_over_30_hz", AtLeast: 1)])
        {
            Versions = Versions.With(),
            Notes =
            [
                $"{operation} with its defaults; SDK and ib serve in two processes over TCP loopback, both on the same cores. Latency counts from when a frame was due, "
                    + "so a frame that was sent late counts as late. Frames that the server cannot keep up with are dropped (queue of 4) and counted as lost.",
                "Jitter is the standard deviation of the time between answers. The fastest rate is what a sender that waits for room reaches.",
            ],
        };
    }
}
