using InferenceBridge.Benchmarks.Harness;
using InferenceBridge.Client;
using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Registration;

/// <summary>Frames a second of every registration, end to end through a server, beside scikit-image's.</summary>
internal sealed class RegistrationSpeedBenchmark : IBenchmark
{
    private const int Side = 512;
    private const int Rounds = 5;

    // Enough frames that what a job costs beside its frames does not count, and few enough to wait for.
    private static readonly Dictionary<string, (int Frames, double Target)> Cases = new()
    {
        ["rigid"] = (240, 60), ["piecewise-rigid"] = (80, 15), ["flow"] = (24, 4),
    };

    private static readonly (string Method, int Frames)[] Peers = [("phase", 8), ("ilk", 2), ("tvl1", 1)];

    public string Name => "registration-speed";

    public string Summary => "frames/s of register/* at 512x512 through a server, beside scikit-image's phase correlation, ILK and TV-L1";

    public IReadOnlyList<string> Packages => ["python3-skimage"];

    public async Task<BenchmarkResult> RunAsync(Action<string> log, CancellationToken cancellation)
    {
        using var movie = DriftingMovie.Create(Cases.Values.Max(each => each.Frames), Side);
        using var server = await ServerProcess.StartAsync(cancellation);
        await using var client = InferenceBridgeClient.Connect(server.Addresses[0]);
        var names = await RegistrationOperations.ListAsync(client, cancellation);
        var peers = Peers.Select(peer => (peer.Method, peer.Frames, Process: Start(peer.Method, peer.Frames, movie))).ToArray();
        try
        {
            var ours = names.ToDictionary(name => name, name => new Samples($"{RegistrationOperations.FigureName(name)}_s_per_frame", "s"));
            var theirs = peers.ToDictionary(peer => peer.Method, peer => new Samples($"skimage_{peer.Method}_s_per_frame", "s"));
            for (var round = 0; round <= Rounds; round++)
            {
                foreach (var name in names)
                {
                    var (frames, seconds) = (Cases[name].Frames, await RunAsync(client, name, movie, cancellation));
                    Add(ours[name], round, seconds / frames);
                    log($"round {round} of {Rounds}: register/{name} {frames / seconds:0.0} frames/s");
                }

                foreach (var (method, frames, process) in peers)
                {
                    Add(theirs[method], round, process.Run() / frames);
                }
            }

            return Result(names, ours, theirs, Versions.With(peers[0].Process.Versions));
        }
        finally
        {
            Array.ForEach(peers, peer => peer.Process.Dispose());
        }
    }

    private static void Add(Samples samples, int round, double seconds)
    {
        // The first warms up.
        if (round > 0)
        {
            samples.Add(seconds);
        }
    }

    private static async Task<double> RunAsync(InferenceBridgeClient client, string name, MemoryVolume movie, CancellationToken cancellation)
    {
        using var part = new MemoryVolume(movie.Info with { Shape = movie.Info.Shape with { Frames = Cases[name].Frames } });
        for (var t = 0; t < part.Info.Shape.Frames; t++)
        {
            movie.Plane(t).CopyTo(part.Plane(t));
        }

        return (await client.RunAsync(part, new RunRequest($"register/{name}"), cancellation: cancellation)).Summary.ClientSeconds;
    }

    private static PeerProcess Start(string method, int frames, MemoryVolume movie)
    {
        var size = Side * Side;
        var values = movie.ToSingles();
        using var pairs = new RawFile([.. Enumerable.Range(1, frames).SelectMany(t => values[..size].Concat(values[(t * size)..((t + 1) * size)])).Select(value => value / 2000)]);
        return PeerProcess.Start("flow.py", method, pairs.Path, TestImage.Text(new VolumeShape(2 * frames, Side, Side)), "register");
    }

    private static BenchmarkResult Result(
        IReadOnlyList<string> names, Dictionary<string, Samples> ours, Dictionary<string, Samples> theirs, IReadOnlyDictionary<string, string> versions)
    {
        var (figures, targets) = (new List<Figure>(), new List<Target>());
        figures.AddRange(ours.Values.Concat(theirs.Values).SelectMany(samples => samples.Figures()));
        foreach (var name in names)
        {
            var figure = RegistrationOperations.FigureName(name);
            figures.Add(new($"{figure}_frames_per_second", 1 / ours[name].Median, "1/s"));
            figures.AddRange(theirs.Select(peer => new Figure($"{figure}_speedup_over_skimage_{peer.Key}", peer.Value.RatioTo(ours[name]))));
            targets.Add(new($"{figure}_frames_per_second", Cases[name].Target));
        }

        if (names.Contains("flow"))
        {
            targets.Add(new("flow_speedup_over_skimage_ilk", 5));
        }

        return new BenchmarkResult(figures, targets)
        {
            Versions = versions,
            Notes =
            [
                $"Ours: movies of {string.Join(", ", Cases.Select(each => $"{each.Value.Frames} ({each.Key})"))} frames in uint16 through ib serve over TCP loopback, "
                    + "with default parameters, so in two passes; SDK and server share the cores. Peers: one pass over a few frames of the same movie against its first, in memory, "
                    + "displacements and cubic resampling.",
            ],
        };
    }
}
