using System.Diagnostics;
using InferenceBridge.Benchmarks.Harness;
using InferenceBridge.Client;
using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Transport;

/// <summary>
/// diagnostic/identity through SDK and `ib serve`, over TCP and over a Unix socket, against a raw TCP echo of the same bytes.
/// </summary>
internal sealed class TransportBenchmark : IBenchmark
{
    private const int Rounds = 5;
    private const double MiB = 1 << 20;
    private const string Unit = "MiB/s";

    private static readonly VolumeShape Shape = new(512, 1024, 1024);

    public string Name => "transport";

    public string Summary => "1 GiB through SDK and server, both ways at once, against a raw TCP echo of the same bytes";

    public IReadOnlyList<string> Packages => [];

    public async Task<BenchmarkResult> RunAsync(Action<string> log, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("ib-benchmark-");
        try
        {
            using var server = await ServerProcess.StartAsync(
                cancellation, $"http://127.0.0.1:0;unix:{folder.FullName}/server.sock", addresses: 2);
            using var echo = await ChildProcess.StartAsync(Environment.ProcessPath!, ["--echo"], 1, cancellation);
            await using var overTcp = InferenceBridgeClient.Connect(server.Addresses.Single(a => !a.StartsWith("unix:", StringComparison.Ordinal)));
            await using var overUnix = InferenceBridgeClient.Connect(server.Addresses.Single(a => a.StartsWith("unix:", StringComparison.Ordinal)));
            return await CompareAsync(overTcp, overUnix, echo.Addresses[0], log, cancellation);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<BenchmarkResult> CompareAsync(
        InferenceBridgeClient overTcp, InferenceBridgeClient overUnix, string echo, Action<string> log, CancellationToken cancellation)
    {
        var (tcp, unix, raw) = (new Samples("tcp_mib_per_s_each_way", Unit), new Samples("unix_mib_per_s_each_way", Unit),
            new Samples("raw_tcp_mib_per_s_each_way", Unit));
        using var volume = new RepeatingVolume(Shape);
        log("warming up, and comparing every byte that comes back");
        await SpeedAsync(overTcp, volume, compare: true, cancellation);
        await SpeedAsync(overUnix, volume, compare: true, cancellation);
        EchoClient.Run(echo, volume.Info.TotalBytes);
        for (var round = 1; round <= Rounds; round++)
        {
            tcp.Add(await SpeedAsync(overTcp, volume, compare: false, cancellation));
            unix.Add(await SpeedAsync(overUnix, volume, compare: false, cancellation));
            raw.Add(volume.Info.TotalBytes / MiB / EchoClient.Run(echo, volume.Info.TotalBytes));
            log($"round {round} of {Rounds}: TCP {tcp.Last:0}, Unix socket {unix.Last:0}, raw TCP {raw.Last:0} MiB/s each way");
        }

        return new BenchmarkResult(
            [
                .. tcp.Figures(), .. unix.Figures(), .. raw.Figures(),
                new("tcp_ratio_to_raw", tcp.RatioTo(raw)), new("unix_ratio_to_raw", unix.RatioTo(raw)),
                new("mib", volume.Info.TotalBytes / MiB, "MiB"), new("rounds", Rounds),
            ],
            [new("tcp_mib_per_s_each_way", 300)])
        {
            Versions = Versions.With(),
            Notes = ["Client, server and echo share the cores; every chunk carries a CRC-32C that both sides check."],
        };
    }

    private static async Task<double> SpeedAsync(
        InferenceBridgeClient client, RepeatingVolume volume, bool compare, CancellationToken cancellation)
    {
        var writer = new CountingWriter(volume, compare);
        var start = Stopwatch.GetTimestamp();
        await client.RunAsync(volume, _ => writer, new RunRequest("diagnostic/identity"), cancellation: cancellation);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return writer.IsComplete && writer.Bytes == volume.Info.TotalBytes
            ? writer.Bytes / MiB / seconds
            : throw new InvalidDataException($"{writer.Bytes} of {volume.Info.TotalBytes} bytes came back.");
    }
}
