using InferenceBridge.Models.Training;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Tests;

[Collection(SeededTests.Name)]
public sealed class TrainerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ib-train-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_SameSeed_GivesTheSameNetworkBitForBit()
    {
        var (first, _) = Train(new TinyTask(), Options(12));
        var (second, _) = Train(new TinyTask(), Options(12));
        var (other, _) = Train(new TinyTask(99), Options(12));
        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void Run_ManySteps_LearnsTheTask()
    {
        var (_, outcome) = Train(new TinyTask(), Options(150) with { Schedule = new(ScheduleKind.OneCycle, 0.02) });
        Assert.True(outcome.BestScore.Figures["loss"] < outcome.History[0].Figures["loss"] / 10,
            $"{outcome.BestScore.Figures["loss"]} after {outcome.History[0].Figures["loss"]}");
        Assert.Equal((150L, 11), (outcome.Steps, outcome.History.Count));
    }

    [Fact]
    public void Run_LargestGradient_IsWhatTheOptimizerGets()
    {
        // A norm that is never reached changes nothing; one of nearly 0 leaves the weights to their decay.
        var (free, _) = Train(new TinyTask(), Options(5));
        var (loose, _) = Train(new TinyTask(), Options(5) with { LargestGradient = 1e6 });
        var (tight, _) = Train(new TinyTask(), Options(5) with { LargestGradient = 1e-12, WeightDecay = 0 });
        Assert.Equal(free, loose);
        Assert.NotEqual(free, tight);
    }

    [Fact]
    public void Resume_AfterAnInterruption_IsAsIfThereWasNone()
    {
        var (whole, outcome) = Train(new TinyTask(), Options(20));
        using var stop = new CancellationTokenSource();
        var options = Options(20) with { CheckpointPath = Path.Combine(_folder, "c") };
        var task = new TinyTask { Drawing = step => { if (step == 13) { stop.Cancel(); } } };
        using (var network = TinyTask.Network())
        {
            using var trainer = Trainer(network, task, options);
            Assert.Throws<OperationCanceledException>(() => trainer.Run(null, stop.Token));
        }

        // Other first weights: all of them come from the checkpoint.
        using var fresh = TinyTask.Network(1234);
        using var resumed = Trainer(fresh, new TinyTask { Drawing = step => Assert.True(step >= 14, $"Step {step} was drawn again.") }, options);
        resumed.Resume(options.CheckpointPath);
        var rest = resumed.Run(null, CancellationToken.None);
        Assert.Equal(whole, TinyTask.Weights(fresh));
        Assert.Equal(outcome.History.Select(Numbers), rest.History.Select(Numbers));
        Assert.Equal(outcome.BestStep, rest.BestStep);

        static object Numbers(HistoryEntry entry) => (entry.Step, entry.Loss, entry.LearningRate, entry.Quality);
    }

    [Fact]
    public void Run_NothingGetsBetter_StopsAndKeepsTheBest()
    {
        // The second of the evenly spread validations is the best.
        var task = new TinyTask { Qualities = new Queue<double>([1, 5, 9, 3, 4, 8, 7, 6]) };
        var (_, outcome) = Train(task, Options(100) with { Patience = 3 });
        Assert.True(outcome.StoppedEarly);
        Assert.Equal((50L, 20L, 9d), (outcome.Steps, outcome.BestStep, outcome.BestScore.Quality));
    }

    [Fact]
    public void Run_LossNotFinite_NamesTheStep()
    {
        using var network = TinyTask.Network();
        using var trainer = new Trainer(network, new TinyTask(), new BrokenAt(5), new TinyTask(), Options(20), CPU);
        var fault = Assert.Throws<InferenceException>(() => trainer.Run(null, CancellationToken.None));
        Assert.Equal(InferenceError.ValueNotFinite, fault.Error);
        Assert.Contains("at step 5", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_OtherSettings_NamesTheSetting()
    {
        var options = Options(4) with { CheckpointPath = Path.Combine(_folder, "c"), Settings = new Dictionary<string, string> { ["crop"] = "96" } };
        Train(new TinyTask(), options);
        using var network = TinyTask.Network();
        using var trainer = Trainer(network, new TinyTask(), options with { Settings = new Dictionary<string, string> { ["crop"] = "64" } });
        var fault = Assert.Throws<InferenceException>(() => trainer.Resume(options.CheckpointPath));
        Assert.Equal(("crop", InferenceError.UsageInvalid), (fault.Field, fault.Error));
        Assert.Contains("64", fault.Message, StringComparison.Ordinal);
        Assert.Contains("96", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_OtherNetwork_NamesTheWeight()
    {
        var options = Options(4) with { CheckpointPath = Path.Combine(_folder, "c") };
        Train(new TinyTask(), options);
        using var network = nn.Sequential(nn.Conv2d(1, 8, 3));
        using var trainer = new Trainer(network, new TinyTask(), new LossObjective(new MeanSquaredLoss()), new TinyTask(), options, CPU);
        Assert.Contains("0.weight", Assert.Throws<InferenceException>(() => trainer.Resume(options.CheckpointPath)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("cut")]
    [InlineData("flip")]
    public void Resume_DamagedCheckpoint_IsRefused(string damage)
    {
        var options = Options(4) with { CheckpointPath = Path.Combine(_folder, "c") };
        Train(new TinyTask(), options);
        var bytes = File.ReadAllBytes(options.CheckpointPath);
        bytes[bytes.Length / 2] ^= damage == "flip" ? (byte)1 : (byte)0;
        File.WriteAllBytes(options.CheckpointPath, damage switch { "" => [], "cut" => bytes[..^1], _ => bytes });
        using var network = TinyTask.Network();
        using var trainer = Trainer(network, new TinyTask(), options);
        var fault = Assert.Throws<InferenceException>(() => trainer.Resume(options.CheckpointPath));
        Assert.Equal((options.CheckpointPath, InferenceError.FileFormatInvalid), (fault.Field, fault.Error));
    }

    [Fact]
    public void Run_CheckpointCannotBeWritten_KeepsTheLastOne()
    {
        var options = Options(4) with { CheckpointPath = Path.Combine(_folder, "c") };
        Train(new TinyTask(), options);
        var before = File.ReadAllBytes(options.CheckpointPath);

        // A folder of the name that is written first fails as a full disk does: with an IOException or a refusal.
        Directory.CreateDirectory(options.CheckpointPath + ".partial");
        var fault = Assert.Throws<InferenceException>(() => Train(new TinyTask(), options));
        Assert.Equal((options.CheckpointPath, InferenceError.FileUnwritable), (fault.Field, fault.Error));
        Assert.Contains("still there", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(options.CheckpointPath));
    }

    [Fact]
    public void Update_OneWeight_IsTheMovingAverage()
    {
        using var network = nn.Linear(1, 1);
        using var grad = no_grad();
        network.weight!.fill_(0);
        using var average = new WeightAverage(network, 0.9);
        network.weight.fill_(1);
        average.Update(1); // Decay min(0.9, 2/11).
        Assert.Equal(1 - (2 / 11d), average.Values["weight"].item<float>(), 6);
        average.Update(1000);
        Assert.Equal(1 - (2 / 11d * 0.9), average.Values["weight"].item<float>(), 6);
    }

    private static TrainingOptions Options(long steps) => new() { Steps = steps, Validations = 10, Seed = 3 };

    private static Trainer Trainer(nn.Module<Tensor, Tensor> network, TinyTask task, TrainingOptions options) =>
        new(network, task, new LossObjective(new MeanSquaredLoss()), task.Qualities is null ? new TinyTask() : task, options, CPU);

    private static (byte[] Weights, TrainingOutcome Outcome) Train(TinyTask task, TrainingOptions options)
    {
        using var network = TinyTask.Network();
        using var trainer = Trainer(network, task, options);
        var outcome = trainer.Run(null, CancellationToken.None);
        return (TinyTask.Weights(network), outcome);
    }

    private sealed class BrokenAt(long step) : IObjective
    {
        private long _step;

        public Tensor Evaluate(nn.Module<Tensor, Tensor> network, TrainingBatch batch)
        {
            var loss = new LossObjective(new MeanSquaredLoss()).Evaluate(network, batch);
            return _step++ == step ? loss * float.NaN : loss;
        }
    }
}
