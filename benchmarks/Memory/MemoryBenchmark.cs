using InferenceBridge.Benchmarks.Harness;

namespace InferenceBridge.Benchmarks.Memory;

/// <summary>Peak memory of `ib serve` and of a client while a volume much larger than it passes through.</summary>
internal sealed class MemoryBenchmark : IBenchmark
{
    private const int Edge = 2048;
    private const int PlanesPerGiB = (int)((1L << 30) / (Edge * Edge * sizeof(ushort)));
    private const int LargeGiB = 8;
    private const double MiB = 1 << 20;
    private const double LimitMiB = 400;
    private const double LargestChange = 0.1;

    private static readonly (string Name, string Operation)[] Operations =
        [("identity", "diagnostic/identity"), ("gaussian", "denoise/gaussian")];

    public string Name => "memory";

    public string Summary => "peak memory of server and client, 1 GiB and 8 GiB of 2048x2048 uint16 planes through identity and 2-D Gaussian";

    public IReadOnlyList<string> Packages => [];

    public async Task<BenchmarkResult> RunAsync(Action<string> log, CancellationToken cancellation)
    {
        var (figures, targets) = (new List<Figure>(), new List<Target>());
        foreach (var (name, operation) in Operations)
        {
            var small = await MeasureAsync(operation, 1, log, cancellation);
            var large = await MeasureAsync(operation, LargeGiB, log, cancellation);
            if (!small.Client.Checksums.SequenceEqual(large.Client.Checksums))
            {
                throw new InvalidDataException($"The first planes that {operation} gave depend on the size of the volume.");
            }

            foreach (var (side, one, eight) in new[]
                { ("server", small.ServerMiB, large.ServerMiB), ("client", small.Client.PeakBytes / MiB, large.Client.PeakBytes / MiB) })
            {
                var (peak, change) = ($"{name}_{side}_peak_mib", $"{name}_{side}_peak_change");
                figures.AddRange([new($"{peak}_1gib", one, "MiB"), new($"{peak}_8gib", eight, "MiB"), new(change, Math.Abs((eight / one) - 1))]);
                targets.AddRange([new($"{peak}_8gib", AtMost: LimitMiB), new(change, AtMost: LargestChange)]);
            }

            figures.Add(new($"{name}_mib_per_s", large.Client.Bytes / MiB / large.Client.Seconds, "MiB/s"));
            figures.Add(new($"{name}_server_idle_peak_mib", large.IdleMiB, "MiB"));
        }

        return new BenchmarkResult(figures, targets)
        {
            Versions = Versions.With(),
            Notes =
            [
                "Peaks are VmHWM of /proc/PID/status, libraries included: libtorch alone takes most of what the server has before its first job.",
                "The client makes each plane when it is sent, and keeps nothing of the result but a checksum, which must be that of the "
                    + "earlier planes with the same pixels; identity must return the image's own.",
            ],
        };
    }

    private static async Task<(StreamOutcome Client, double ServerMiB, double IdleMiB)> MeasureAsync(
        string operation, int gibibytes, Action<string> log, CancellationToken cancellation)
    {
        using var server = await ServerProcess.StartAsync(cancellation);
        var idle = ProcessMemory.PeakBytes(server.Id) / MiB;
        var client = await StreamProcess.RunAsync(server.Addresses[0], operation, gibibytes * PlanesPerGiB, Edge, cancellation);
        var peak = ProcessMemory.PeakBytes(server.Id) / MiB;
        log($"{operation}, {gibibytes} GiB: server {peak:0} MiB, client {client.PeakBytes / MiB:0} MiB, {client.Seconds:0.0} s");
        if (client.Bytes != (long)gibibytes << 30)
        {
            throw new InvalidDataException($"{client.Bytes} bytes of {gibibytes} GiB came back.");
        }

        return operation != "diagnostic/identity" || client.Checksums.SequenceEqual(client.ImageChecksums)
            ? (client, peak, idle)
            : throw new InvalidDataException("The image came back changed.");
    }
}
