using System.Globalization;
using InferenceBridge.Benchmarks.Harness;
using TorchSharp;

namespace InferenceBridge.Benchmarks.Networks;

/// <summary>RAUDen and RAUDen-lite, inference and training steps, against the same networks in PyTorch, and against each other.</summary>
internal sealed class NetworksSpeedBenchmark : IBenchmark
{
    private const int ImageSize = 512;
    private const int CropSize = 96;
    private const int Crops = 8;
    private const int Rounds = 7;
    private const double LargestDifference = 1e-4;
    private static readonly string[] Architectures = ["rauden", "rauden-lite"];
    private static readonly int Threads = Environment.ProcessorCount;

    public string Name => "networks-speed";

    public string Summary => "RAUDen and RAUDen-lite on 512x512, and training steps on 8 crops of 96x96, against PyTorch with the same weights";

    public IReadOnlyList<string> Packages => ["python3-torch"];

    public Task<BenchmarkResult> RunAsync(Action<string> log, CancellationToken cancellation)
    {
        torch.set_num_threads(Threads);
        var (figures, targets, times) = (new List<Figure>(), new List<Target>(), new List<Samples>());
        IReadOnlyDictionary<string, string> versions = Versions.With();
        foreach (var architecture in Architectures)
        {
            var name = architecture.Replace('-', '_');
            versions = Versions.With(Infer(architecture, $"{name}_infer", figures, times, log, cancellation));
            Train(architecture, $"{name}_train", figures, log, cancellation);
            targets.AddRange(
            [
                new($"{name}_infer_ratio", 0.9), new($"{name}_train_ratio", 0.85),
                new($"{name}_infer_largest_difference_of_range", AtMost: LargestDifference), new($"{name}_train_loss_difference", AtMost: LargestDifference),
            ]);
        }

        figures.Add(new("rauden_lite_by_rauden", times[0].Median / times[1].Median));
        targets.Add(new("rauden_lite_by_rauden", 1.4));
        return Task.FromResult(new BenchmarkResult(figures, targets)
        {
            Versions = versions,
            Notes =
            [
                string.Create(CultureInfo.InvariantCulture, $"Both on {Threads} threads with the same random weights; ratios are of speeds, ours by PyTorch's."),
                "rauden_lite_by_rauden is the ratio of our speeds of inference.",
            ],
        });
    }

    private static IReadOnlyDictionary<string, string> Infer(
        string architecture, string name, List<Figure> figures, List<Samples> times, Action<string> log, CancellationToken cancellation)
    {
        using var ours = new NetworkRun(architecture, 1, ImageSize);
        using var peer = Peer("infer", architecture, ours, 1, ImageSize);
        var our = Compare(name, ours.Infer, peer, figures, log, cancellation);
        times.Add(our);
        figures.AddRange(
        [
            new($"{name}_megavoxels_per_second", ImageSize * ImageSize / 1e6 / our.Median, "Mvoxel/s"),
            new($"{name}_largest_difference_of_range", TestImage.LargestDifference(ours.Output, peer.Result())),
        ]);
        return peer.Versions;
    }

    private static void Train(string architecture, string name, List<Figure> figures, Action<string> log, CancellationToken cancellation)
    {
        using var ours = new NetworkRun(architecture, Crops, CropSize);
        using var peer = Peer("train", architecture, ours, Crops, CropSize);
        var our = Compare(name, ours.Train, peer, figures, log, cancellation);
        figures.Add(new($"{name}_steps_per_second", 1 / our.Median, "1/s"));

        // The same weights, batch and number of steps: equal losses mean equal gradients and optimizers.
        figures.Add(new($"{name}_loss_difference", Math.Abs(ours.Loss - peer.Result()[0])));
    }

    private static PeerProcess Peer(string what, string architecture, NetworkRun ours, int batch, int size)
    {
        var weights = Path.GetTempFileName();
        try
        {
            ours.Save(weights);
            using var input = new RawFile(ours.Input);
            return PeerProcess.Start("rauden.py", what, architecture, weights, batch, size, Threads, input.Path);
        }
        finally
        {
            // It has told its versions, and so has read both.
            File.Delete(weights);
        }
    }

    private static Samples Compare(
        string name, Func<double> run, PeerProcess peer, List<Figure> figures, Action<string> log, CancellationToken cancellation)
    {
        var (ours, theirs) = (new Samples($"{name}_ours_s", "s"), new Samples($"{name}_pytorch_s", "s"));
        run();
        peer.Run();
        for (var round = 1; round <= Rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            ours.Add(run());
            theirs.Add(peer.Run());
            log(string.Create(
                CultureInfo.InvariantCulture, $"{name} round {round} of {Rounds}: ours {ours.Last:0.000} s, PyTorch {theirs.Last:0.000} s"));
        }

        figures.AddRange([.. ours.Figures(), .. theirs.Figures(), new($"{name}_ratio", theirs.RatioTo(ours))]);
        return ours;
    }
}
