using InferenceBridge.Benchmarks.Harness;
using InferenceBridge.Benchmarks.Memory;
using InferenceBridge.Client;
using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Concurrency;

/// <summary>How long small jobs wait beside a large one, and what memory that takes.</summary>
internal sealed class ConcurrencyBenchmark : IBenchmark
{
    private const double MiB = 1 << 20;
    private const int Alone = 10;

    // The server's MaxConcurrentJobs, by default.
    private const int JobsAtOnce = 4;

    // Garbage, code compiled on the way, connections, and small uploads that wait for a place.
    private const double RuntimeMiB = 192;

    private static readonly int[] ClientCounts = [1, 8, 64];
    private static readonly IntensityStatistics Statistics = new(0, 4095, 2047.5, 1182, 1182);

    public string Name => "concurrency";

    public string Summary => "1, 8 and 64 clients with 512 KiB jobs beside one with 512 MiB";

    public IReadOnlyList<string> Packages => [];

    public async Task<BenchmarkResult> RunAsync(Action<string> log, CancellationToken cancellation)
    {
        using var largeImage = new GeneratedVolume(new VolumeShape(256, 1024, 1024));
        using var smallImage = new GeneratedVolume(new VolumeShape(16, 128, 128));
        var large = new JobKind(largeImage, new RunRequest("denoise/nlm") { Statistics = Statistics });
        var small = new JobKind(smallImage, new RunRequest("denoise/gaussian"));
        var (figures, targets) = (new List<Figure>(), new List<Target>());
        foreach (var clients in ClientCounts)
        {
            using var server = await ServerProcess.StartAsync(cancellation);
            var idle = ProcessMemory.PeakBytes(server.Id) / MiB;
            var alone = new Samples("alone", "s");
            RunSummary summary;
            do
            {
                summary = await small.RunAsync(server.Addresses[0], cancellation);
                alone.Add(summary.ClientSeconds);
            }
            while (alone.Count < Alone);

            var run = await LoadRun.RunAsync(server.Addresses[0], clients, large, small, cancellation);
            var wait = run.Small.Percentile(0.99) - alone.Median;
            var predicted = (run.Large.PredictedMemoryBytes + ((JobsAtOnce - 1) * summary.PredictedMemoryBytes)) / MiB;
            var peak = ProcessMemory.PeakBytes(server.Id) / MiB;
            log($"{clients} clients: {run.Small.Count} small jobs, p99 wait {wait:0.00} s, tile {run.TileSeconds:0.00} s, "
                + $"large job {run.Large.ClientSeconds:0.0} s, server {peak:0} MiB");
            figures.AddRange(
            [
                new($"small_jobs_{clients}_clients", run.Small.Count), new($"small_retries_{clients}_clients", run.Retries),
                new($"small_alone_s_{clients}_clients", alone.Median, "s"), new($"small_median_s_{clients}_clients", run.Small.Median, "s"),
                new($"small_p99_wait_s_{clients}_clients", wait, "s"), new($"large_tile_s_{clients}_clients", run.TileSeconds, "s"),
                new($"p99_wait_over_tile_times_queue_{clients}_clients", wait / (run.TileSeconds * clients)),
                new($"large_s_{clients}_clients", run.Large.ClientSeconds, "s"),
                new($"server_peak_mib_{clients}_clients", peak, "MiB"),
                new($"server_peak_over_limit_{clients}_clients", peak / (idle + predicted + RuntimeMiB)),
            ]);
            targets.AddRange(
            [
                new($"p99_wait_over_tile_times_queue_{clients}_clients", AtMost: 1),
                new($"server_peak_over_limit_{clients}_clients", AtMost: 1),
            ]);
        }

        return new BenchmarkResult(figures, targets)
        {
            Versions = Versions.With(),
            Notes =
            [
                "Every client runs small jobs one after the other until the large one is done. The benchmark fails where a job fails, or "
                    + "where its result is not that of the first run.",
                "A small job's wait is its time less the median when it runs alone. The queue is what can be ahead of it: the large job "
                    + "and the small ones of all other clients, so as many jobs as clients.",
                $"The limit of the memory is what an idle server has, what was predicted for the {JobsAtOnce} jobs that run at once, and {RuntimeMiB} MiB.",
            ],
        };
    }
}
