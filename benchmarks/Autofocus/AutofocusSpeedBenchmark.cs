using System.Diagnostics;
using InferenceBridge.Benchmarks.Harness;
using InferenceBridge.Client;
using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Autofocus;

/// <summary>How soon the answer to a frame is there, from sending it to a server in another process.</summary>
internal sealed class AutofocusSpeedBenchmark : IBenchmark
{
    private const int Height = 512;
    private const int Width = 800;
    private const int WarmUp = 20;
    private const int Frames = 300;
    private const double MetricsMilliseconds = 5;
    private const double MedianMilliseconds = 30;
    private const double P99Milliseconds = 60;
    private const string OperationVariable = "INFERENCEBRIDGE_OPERATION";

    public string Name => "autofocus-speed";

    public string Summary => "800x512 frames in 16 bits, one at a time, through autofocus/metrics and the default network: p50 and p99 of the round trip";

    public IReadOnlyList<string> Packages => [];

    public async Task<BenchmarkResult> RunAsync(Action<string> log, CancellationToken cancellation)
    {
        using var server = await ServerProcess.StartAsync(cancellation);
        await using var client = InferenceBridgeClient.Connect(server.Addresses[0]);
        var network = Environment.GetEnvironmentVariable(OperationVariable) is { Length: > 0 } named ? named : "autofocus/spectral";
        var hasNetwork = (await client.ListOperationsAsync(null, cancellation)).Any(operation => operation.Id == network);
        var frame = Frame();
        var figures = new List<Figure>();
        await MeasureAsync("metrics", "autofocus/metrics", []);
        List<Target> targets = [new("metrics_p50_ms", AtMost: MetricsMilliseconds)];
        if (hasNetwork)
        {
            // Classic networks take no optics.
            var taken = (await client.DescribeOperationAsync(network, cancellation)).Parameters.Select(parameter => parameter.Name).ToHashSet();
            var optics = new Dictionary<string, ParameterValue> { ["na"] = 0.8, ["wavelength"] = 525.0, ["index"] = 1.0 };
            await MeasureAsync("network", network, optics.Where(parameter => taken.Contains(parameter.Key)).ToDictionary());
            targets.AddRange([new("network_p50_ms", AtMost: MedianMilliseconds), new("network_p99_ms", AtMost: P99Milliseconds)]);
        }

        return new BenchmarkResult(figures, targets)
        {
            Versions = Versions.With(),
            Notes =
            [
                $"{Frames} frames of tubules, each sent when the answer to the one before has come, as an autofocus does, after {WarmUp} that do not count; SDK and ib serve in two "
                    + $"processes over TCP loopback on the same cores. network is {(hasNetwork ? network : "missing")}. server_p50 is what of it the server takes.",
            ],
        };

        async Task MeasureAsync(string name, string operation, Dictionary<string, ParameterValue> parameters)
        {
            var (all, ofServer) = (new Samples("round_trip", "ms"), new Samples("server", "ms"));
            await using var stream = client.OpenFrameStream(new FrameStreamRequest(operation, frame.Info) { Parameters = parameters }, cancellation);
            await using var answers = stream.ReadResultsAsync(cancellation).GetAsyncEnumerator(cancellation);
            for (var i = 0; i < WarmUp + Frames; i++)
            {
                var start = Stopwatch.GetTimestamp();
                await stream.SendAsync(new Frame(i, frame.Plane(0)), cancellation);
                await answers.MoveNextAsync();
                if (i >= WarmUp)
                {
                    all.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                    ofServer.Add(answers.Current.ServerLatency.TotalMilliseconds);
                }
            }

            log($"{operation}: p50 {all.Median:0.0} ms, p99 {all.Percentile(0.99):0.0} ms");
            figures.AddRange([new($"{name}_p50_ms", all.Median, "ms"), new($"{name}_p99_ms", all.Percentile(0.99), "ms"), new($"{name}_server_p50_ms", ofServer.Median, "ms")]);
        }
    }

    private static MemoryVolume Frame()
    {
        const double pixel = 0.1625;
        var phantom = Phantom.Create(new PhantomOptions { Kind = PhantomKind.Tubules, Depth = 1, Height = Height, Width = Width, VoxelSizeXY = pixel, PeakPhotons = 500 });
        return phantom.Noisy;
    }
}
