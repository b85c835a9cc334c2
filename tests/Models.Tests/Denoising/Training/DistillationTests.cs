using InferenceBridge.Imaging;
using InferenceBridge.Models.Networks;
using InferenceBridge.Models.Packages;
using InferenceBridge.Models.Tests.Packages;
using InferenceBridge.Models.Training;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Tests;

[Collection(SeededTests.Name)]
public sealed class DistillationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ib-distil-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_StudentOfATeacher_GetsCloserToItsOutputAndFeaturesOnUnseenCrops()
    {
        using var teacher = Network("rauden", 3, 0.1);
        using var student = Network("rauden-lite", 4, 0);
        using var objective = new DistillationObjective(new MeanSquaredLoss(), student, teacher, 1, 1, CPU);
        var unseen = Crops(1_000_000);
        var before = objective.Difference(student, unseen.Input);
        using var trainer = new Trainer(student, new Source(teacher), objective, new Judge(),
            new TrainingOptions { Steps = 120, Validations = 1, Schedule = new(ScheduleKind.OneCycle, 0.01), AverageDecay = 0 }, CPU);
        trainer.Run(null, CancellationToken.None);
        var after = objective.Difference(student, unseen.Input);

        Assert.True(after.Output < 0.7 * before.Output, $"Output: {after.Output} after {before.Output}.");
        Assert.True(after.Features < 0.7 * before.Features, $"Features: {after.Features} after {before.Features}.");
    }

    [Fact]
    public void Evaluate_WeightsOf0_IsTheLossAlone_AndMoreWhereTheyAreNot()
    {
        using var teacher = Network("rauden", 3, 0.1);
        using var student = Network("rauden-lite", 4, 0.1);
        var batch = Crops(5);
        double Loss(double output, double features)
        {
            manual_seed(1);
            using var objective = new DistillationObjective(new MeanSquaredLoss(), student, teacher, output, features, CPU);
            return objective.Evaluate(student, batch).item<float>();
        }

        using var plain = nn.functional.mse_loss(student.call(batch.Input), batch.Target);
        using var distance = nn.functional.mse_loss(student.call(batch.Input), teacher.call(batch.Input));
        Assert.Equal(plain.item<float>(), Loss(0, 0), 1e-6);
        Assert.Equal(plain.item<float>() + (3 * distance.item<float>()), Loss(3, 0), 1e-5);
        Assert.True(Loss(0, 1) > Loss(0, 0));
    }

    [Theory]
    [InlineData(DenoisingMode.Simulated)]
    [InlineData(DenoisingMode.Supervised)]
    public void Run_InterruptedAndResumed_IsAsIfItHadNotBeen(DenoisingMode mode)
    {
        var teacher = Package("teacher", 1);
        var whole = Run(Options(mode, "whole", teacher));
        using var stop = new CancellationTokenSource();
        var options = Options(mode, "halves", teacher);
        Assert.ThrowsAny<OperationCanceledException>(() => DenoisingTraining.Run(options, progress =>
        {
            if (progress.Step == 2)
            {
                stop.Cancel();
            }
        }, stop.Token).Dispose());
        Assert.Equal(whole, Run(options with { Resume = true }));
        Assert.NotEqual(whole, Run(Options(mode, "other", teacher) with { FeatureWeight = 0 }));
    }

    [Fact]
    public void Run_ResumedWithAnotherTeacher_NamesIt()
    {
        var options = Options(DenoisingMode.Simulated, "first", Package("teacher", 1));
        Run(options);
        var fault = Assert.Throws<InferenceException>(() => Run(options with { Teacher = Package("other", 1, seed: 9), Resume = true }));
        Assert.Equal(("teacher", InferenceError.UsageInvalid), (fault.Field, fault.Error));
        Assert.Contains("distill-weight", Assert.Throws<InferenceException>(() => Run(options with { DistillWeight = 2, Resume = true })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WithATeacher_ReportAndPackageNameIt()
    {
        using var result = DenoisingTraining.Run(Options(DenoisingMode.Simulated, "named", Package("teacher", 1)), null, CancellationToken.None);
        var folder = Path.Combine(_folder, "student");
        DenoisingPackage.Write(folder, result);
        Assert.Contains("distilled from teacher (", ModelPackage.Open(folder, NetworkFactories.All).Operation.Declaration.Provenance.TrainingData, StringComparison.Ordinal);
        Assert.Contains("\"distill_weight\": 1", File.ReadAllText(Path.Combine(_folder, "named", "metrics.json")), StringComparison.Ordinal);
        Assert.DoesNotContain(SafetensorsFile.Read(Path.Combine(folder, "weights.safetensors")).Keys, name => name.StartsWith("levels", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_TeacherThatCannotTeach_IsNamed()
    {
        Refused(Package("three", 3), InferenceError.ShapeMismatch, "sees 3 planes");
        Refused(Path.Combine(_folder, "absent"), InferenceError.FileUnreadable, "absent");
        var other = Package("other", 1);
        var path = Path.Combine(other, "rdf.yaml");
        var text = File.ReadAllText(path);
        File.WriteAllText(path, text.Replace("    stabilise: true\n", "", StringComparison.Ordinal));
        Refused(other, InferenceError.FileFormatInvalid, "stabilise");
        File.WriteAllText(path, text.Replace("architecture: rauden-lite", "architecture: unet", StringComparison.Ordinal));
        Refused(other, InferenceError.FileFormatInvalid, "unet");
        File.WriteAllText(path, text);
        File.AppendAllText(Path.Combine(other, "weights.safetensors"), " ");
        Assert.Equal(InferenceError.FileFormatInvalid, Assert.Throws<InferenceException>(() => TrainedNetwork.Load("teacher", other, CPU)).Error);
        Directory.CreateDirectory(Path.Combine(_folder, "empty"));
        Assert.Equal(InferenceError.FileUnreadable, Assert.Throws<InferenceException>(() => TrainedNetwork.Load("teacher", Path.Combine(_folder, "empty"), CPU)).Error);
    }

    [Fact]
    public void Load_TorchScriptPackage_IsRefused()
    {
        var models = InferenceBridge.Tests.RealData.Require("models");
        var script = Directory.GetDirectories(models).Order(StringComparer.Ordinal).Select(folder => (folder, package: Try(folder)))
            .FirstOrDefault(entry => entry.package is { Model.Description.Weights.Network: null }).folder;
        Assert.SkipWhen(script is null, "No TorchScript package there.");
        Refused(script!, InferenceError.FileFormatInvalid, "TorchScript");
    }

    [Fact]
    public void Validate_WeightsOf0_AreRefused()
    {
        var fault = Assert.Throws<InferenceException>(() => (Options(DenoisingMode.Simulated, "x", "y") with { DistillWeight = 0, FeatureWeight = 0 }).Validate());
        Assert.Equal("distill-weight", fault.Field);
    }

    private static ModelPackage? Try(string folder)
    {
        try
        {
            return ModelPackage.Open(folder, NetworkFactories.All);
        }
        catch (InferenceException)
        {
            return null;
        }
    }

    private void Refused(string folder, InferenceError error, string part)
    {
        var fault = Assert.Throws<InferenceException>(() => Run(Options(DenoisingMode.Simulated, "refused", folder)));
        Assert.Equal(("teacher", error), (fault.Field, fault.Error));
        Assert.Contains(part, fault.Message, StringComparison.Ordinal);
        Assert.Contains("accepted", fault.Message, StringComparison.Ordinal);
    }

    private static byte[] Run(DenoisingTrainingOptions options)
    {
        DenoisingTraining.Run(options, null, CancellationToken.None).Dispose();

        // The last weights and not the best, which after so few steps may be the first.
        using var checkpoint = CheckpointFile.Read(Path.Combine(options.ReportFolder, CheckpointFolder.CheckpointName));
        return [.. checkpoint.Network.Concat(checkpoint.Helper).OrderBy(entry => entry.Key, StringComparer.Ordinal).SelectMany(entry => entry.Value.bytes.ToArray())];
    }

    private DenoisingTrainingOptions Options(DenoisingMode mode, string report, string teacher)
    {
        var data = mode == DenoisingMode.Supervised ? Pairs() : (null, null);
        return new()
        {
            Mode = mode, Data = data.Noisy, Clean = data.Clean, Steps = 4, Batch = 2, Crop = 32, Phantoms = 4, Validations = 2, Teacher = teacher, AverageDecay = 0,
            ReportFolder = Path.Combine(_folder, report), Device = "cpu",
        };
    }

    private (string? Noisy, string? Clean) Pairs()
    {
        var random = new SeededRandom(2);
        float[] clean = [.. Enumerable.Range(0, 96 * 64).Select(i => (float)(40 + (30 * Math.Sin(i / 64 / 7d) * Math.Cos(i % 64 / 9d))))];
        return (Write("noisy.tif", Array.ConvertAll(clean, value => (float)random.NextPoisson(value))), Write("clean.tif", clean));
    }

    private string Write(string name, float[] values)
    {
        var path = Path.Combine(_folder, name);
        var volume = MemoryVolume.FromSingles(values, new VolumeShape(1, 96, 64));
        using var writer = VolumeFile.Create(path, volume.Info);
        writer.WriteRows(0, 0, 96, volume.Plane(0).Span);
        writer.Complete();
        return path;
    }

    private string Package(string name, int channels, int seed = 3)
    {
        var folder = Path.Combine(_folder, name);
        TrainedPackage.Write(folder, "rauden-lite", channels, seed, 0.1);
        return folder;
    }

    private static RaudenNetwork Network(string architecture, int seed, double head)
    {
        manual_seed(seed);
        var network = (RaudenNetwork)NetworkArchitectures.Create(architecture, new Dictionary<string, string>());
        using var grad = no_grad();
        network.get_parameter("head.weight")!.normal_(0, head);
        return network;
    }

    private static TrainingBatch Crops(long number)
    {
        using var generator = new Generator(77 + (ulong)number, CPU);
        var input = nn.functional.avg_pool2d(randn([4, 1, 36, 36], generator: generator), 5, 1).mul(5);
        return new TrainingBatch(input, 0.5 * input, null);
    }

    // A truth that is near what the teacher gives, as it would be.
    private sealed class Source(RaudenNetwork teacher) : IBatchSource
    {
        public TrainingBatch Draw(long step)
        {
            using var grad = no_grad();
            var batch = Crops(step);
            return batch with { Target = teacher.call(batch.Input) };
        }
    }

    private sealed class Judge : IValidator
    {
        private int _asked;

        // Later is better: the last network is the one that is kept.
        public ValidationScore Score(nn.Module<Tensor, Tensor> network, Device device, CancellationToken cancellation) =>
            new(_asked++, new Dictionary<string, double>());
    }
}
