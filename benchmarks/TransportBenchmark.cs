using System.Diagnostics;
using InferenceBridge.Client;
using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks;

/// <summary>diagnostic/identity through SDK and a server of its own process, against raw TCP echo of the same bytes.</summary>
internal sealed class TransportBenchmark : IBenchmark
{
    private static readonly VolumeInfo Volume = new(new VolumeShape(512, 1024, 1024), PixelType.UInt16);

    public string Name => "transport";

    public string Summary => "identity through SDK and server, 1 GiB each way at once, against raw TCP echo; target: 300 MiB/s each way";

    public async Task<IReadOnlyDictionary<string, double>> RunAsync(TextWriter log)
    {
        using var server = StartServer(out var address);
        try
        {
            using var echo = new RawEcho();
            await using var client = InferenceBridgeClient.Connect(address);
            var (ours, raw, ratio) = await Rounds.MeasureAsync(
                5, () => MebibytesPerSecondAsync(client), () => echo.MebibytesPerSecondAsync(Volume.TotalBytes), log);
            return new Dictionary<string, double>
            {
                ["transport_ours_mib_per_s_each_way"] = ours,
                ["transport_raw_tcp_mib_per_s_each_way"] = raw,
                ["transport_ratio_to_raw_tcp"] = ratio,
            };
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    private static async Task<double> MebibytesPerSecondAsync(InferenceBridgeClient client)
    {
        using var source = new Repeated();
        var start = Stopwatch.GetTimestamp();
        await client.RunAsync(source, info => new Discarded(info), new RunRequest("diagnostic/identity"));
        return Volume.TotalBytes / 1048576.0 / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static Process StartServer(out string address)
    {
        var start = new ProcessStartInfo(Path.Combine(PythonPeer.RepositoryRoot, "ib")) { RedirectStandardOutput = true };
        foreach (var argument in new[] { "serve", "--urls", "http://127.0.0.1:0" })
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        const string Prefix = "Listening on ";
        var line = process.StandardOutput.ReadLine();
        address = line is not null && line.StartsWith(Prefix, StringComparison.Ordinal)
            ? line[Prefix.Length..].Trim()
            : throw new InvalidOperationException($"The server said \"{line}\" in place of where it listens.");
        return process;
    }

    /// <summary>The same plane over and over.</summary>
    private sealed class Repeated : IVolumeReader
    {
        private readonly byte[] _plane = [.. Enumerable.Range(0, (int)Volume.PlaneBytes).Select(i => (byte)(i * 31))];

        public VolumeInfo Info => Volume;

        public void ReadRows(long plane, int firstRow, int rowCount, Span<byte> destination) => _plane.AsSpan(0, destination.Length).CopyTo(destination);

        public void Dispose()
        {
        }
    }

    private sealed class Discarded(VolumeInfo info) : IVolumeWriter
    {
        public VolumeInfo Info => info;

        public void WriteRows(long plane, int firstRow, int rowCount, ReadOnlySpan<byte> source)
        {
        }

        public void Complete()
        {
        }

        public void Dispose()
        {
        }
    }
}
