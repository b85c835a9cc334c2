using InferenceBridge.Benchmarks.Harness;
using InferenceBridge.Benchmarks.Memory;
using InferenceBridge.Client;
using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Overlap;

/// <summary>How much of an image a client has sent when the first result of a 2-D operation comes.</summary>
internal sealed class OverlapBenchmark : IBenchmark
{
    private const int Rounds = 3;

    private static readonly VolumeShape Shape = new(64, 1024, 1024);

    // Without statistics NLM would have to see the whole image first, to estimate its noise.
    private static readonly (string Name, RunRequest Request)[] Jobs =
    [
        ("gaussian", new RunRequest("denoise/gaussian")),
        ("nlm", new RunRequest("denoise/nlm") { Statistics = new IntensityStatistics(0, 4095, 2047.5, 1182, 1182) }),
    ];

    public string Name => "overlap";

    public string Summary => "share of a 128 MiB image that has been sent when the first result of a 2-D operation comes";

    public IReadOnlyList<string> Packages => [];

    public async Task<BenchmarkResult> RunAsync(Action<string> log, CancellationToken cancellation)
    {
        var (figures, targets) = (new List<Figure>(), new List<Target>());
        using var server = await ServerProcess.StartAsync(cancellation);
        await using var client = InferenceBridgeClient.Connect(server.Addresses[0]);
        using var image = new GeneratedVolume(Shape);
        foreach (var (name, request) in Jobs)
        {
            var shares = new Samples($"{name}_sent_at_first_result", "");
            for (var round = 1; round <= Rounds; round++)
            {
                using var watched = new WatchedVolume(image);
                var summary = await client.RunAsync(watched, watched.Writer, request, cancellation: cancellation);
                shares.Add(watched.SentAtFirstResult ?? throw new InvalidDataException("No result came."));
                log($"{name}, round {round} of {Rounds}: {shares.Last:P0} sent at the first result, {summary.ClientSeconds:0.0} s");
            }

            figures.AddRange(shares.Figures());
            targets.Add(new Target($"{name}_sent_at_first_result_max", AtMost: 0.5));
        }

        return new BenchmarkResult(figures, targets)
        {
            Versions = Versions.With(),
            Notes =
            [
                "Counted as sent is what the client has read from the image, two chunks of 1 MiB more than has left at most. The client "
                    + "never waits: what it sends ahead of the results is what server and connection hold.",
            ],
        };
    }
}
