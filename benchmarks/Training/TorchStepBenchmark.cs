using System.Globalization;
using InferenceBridge.Benchmarks.Harness;
using TorchSharp;

namespace InferenceBridge.Benchmarks.Training;

/// <summary>Steps of training and inference of a small U-Net against the same network in PyTorch, in both memory formats.</summary>
internal sealed class TorchStepBenchmark : IBenchmark
{
    private const int Threads = 2;
    private const int Batch = 8;
    private const int Size = 96;
    private const int Rounds = 7;

    public string Name => "torch-step";

    public string Summary => "A training step and an inference of a small U-Net, 8 crops of 96x96, against PyTorch, by memory format";

    public IReadOnlyList<string> Packages => ["python3-torch"];

    public Task<BenchmarkResult> RunAsync(Action<string> log, CancellationToken cancellation)
    {
        torch.set_num_threads(Threads);
        var figures = new List<Figure>();
        IReadOnlyDictionary<string, string> versions = Versions.With();
        foreach (var format in new[] { "channels_last", "contiguous" })
        {
            using var ours = new TrainingStep(Batch, Size, format == "channels_last");
            using var training = PeerProcess.Start("torch_step.py", "train", format, Batch, Size, Threads);
            using var inference = PeerProcess.Start("torch_step.py", "infer", format, Batch, Size, Threads);
            versions = Versions.With(training.Versions);
            figures.Add(new($"{format}_parameters", ours.Parameters));
            figures.AddRange(Compare($"{format}_train", ours.Train, training, log, cancellation));
            // The same seed and the same draws: equal losses mean equal networks, batches and steps.
            figures.Add(new($"{format}_loss_difference", Math.Abs(ours.Loss - training.Result()[0])));
            figures.AddRange(Compare($"{format}_infer", ours.Infer, inference, log, cancellation));
        }

        return Task.FromResult(new BenchmarkResult(
            figures,
            [
                new("channels_last_train_ratio", 0.85), new("channels_last_infer_ratio", 0.9),
                new("contiguous_train_ratio", 0.85), new("contiguous_infer_ratio", 0.9),
                new("channels_last_loss_difference", AtMost: 1e-4), new("contiguous_loss_difference", AtMost: 1e-4),
            ])
        {
            Versions = versions,
            Notes = [string.Create(CultureInfo.InvariantCulture, $"Both on {Threads} threads; ratios are of speeds, ours by PyTorch's.")],
        });
    }

    private static IEnumerable<Figure> Compare(
        string name, Func<double> run, PeerProcess peer, Action<string> log, CancellationToken cancellation)
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

        return [.. ours.Figures(), .. theirs.Figures(), new($"{name}_ratio", theirs.RatioTo(ours))];
    }
}
