using InferenceBridge.Imaging;
using InferenceBridge.Models.Training;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Tests;

[Collection(SeededTests.Name)]
public sealed class DenoisingTrainingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ib-train-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(DenoisingMode.Supervised, 6)]
    [InlineData(DenoisingMode.Noise2Noise, 5)]
    [InlineData(DenoisingMode.Neighbours, 5)]
    [InlineData(DenoisingMode.Noise2Void, 3)]
    public void Load_EveryMode_TrainsASmallNetworkThatDenoises(DenoisingMode mode, double gain)
    {
        // Slices that show the same, exposed again and again: right for every mode.
        var clean = CleanLight.Phantom(1, 3, CancellationToken.None);
        var plane = ValidationImage.Cut(clean.Series[0][2], 256, 0, 0, 128, 256);
        Write("data.tif", 6, z => Expose(plane, z));
        Write("clean.tif", 6, _ => Array.ConvertAll(plane, value => 7 * value));
        var options = Options(mode) with { Data = Name("data.tif"), Clean = Name("clean.tif"), Validation = 0.34 };
        var data = new DenoisingDataLoader(options, CancellationToken.None).Load();
        var reference = new DenoisingDataLoader(options with { Mode = DenoisingMode.Supervised }, CancellationToken.None).Load();
        using var network = Network();
        var validator = new ReferenceValidator(reference.Images);
        using var trainer = new Trainer(network, new BatchSampler(data.Crops, 8, 1, 32, 1), new LossObjective(new MeanSquaredLoss()), validator,
            new TrainingOptions { Steps = 200, Validations = 4, Schedule = new(ScheduleKind.OneCycle, 0.005), AverageDecay = 0.9 }, CPU);
        var outcome = trainer.Run(null, CancellationToken.None);
        var (before, after) = (validator.Noisy(CancellationToken.None).Quality, outcome.BestScore.Quality);
        Assert.True(after > before + gain, $"{mode}: {after:0.00} dB after {before:0.00} dB.");
    }

    [Fact]
    public void Load_SimulatedSpecimens_TrainsASmallNetworkThatDenoises()
    {
        var data = new DenoisingDataLoader(Options(DenoisingMode.Simulated) with { Phantoms = 4, Validation = 0.25 }, CancellationToken.None).Load();
        using var network = Network();
        var validator = new ReferenceValidator(data.Images);
        using var trainer = new Trainer(network, new BatchSampler(data.Crops, 8, 1, 32, 1), new LossObjective(new MeanSquaredLoss()), validator,
            new TrainingOptions { Steps = 150, Validations = 3, Schedule = new(ScheduleKind.OneCycle, 0.005), AverageDecay = 0.9 }, CPU);
        var outcome = trainer.Run(null, CancellationToken.None);
        var before = validator.Noisy(CancellationToken.None).Quality;
        Assert.True(outcome.BestScore.Quality > before + 3, $"{outcome.BestScore.Quality:0.00} dB after {before:0.00} dB.");
    }

    [Fact]
    public void Load_FilesOfMixedSizes_KeepsTheLastByNameForValidation()
    {
        Directory.CreateDirectory(Name("noisy"));
        Directory.CreateDirectory(Name("clean"));
        foreach (var (name, height, width) in new[] { ("a.tif", 64, 64), ("b.tif", 40, 90), ("c.tif", 100, 33) })
        {
            var plane = Structure(height, width);
            Write($"clean/{name}", 1, _ => plane, height, width);
            Write($"noisy/{name}", 1, z => Expose(plane, z), height, width);
        }

        var data = new DenoisingDataLoader(Options(DenoisingMode.Supervised) with { Data = _folder, Validation = 0.3 }, CancellationToken.None).Load();
        Assert.Equal((2, 1, "the last 1 of 3 files"), (data.Files, data.ValidationFiles, data.Split));
        Assert.Equal(Name(Path.Combine("noisy", "c.tif")), Assert.Single(data.Images).Name);
        using var batch = new BatchSampler(data.Crops, 16, 1, 32, 1).Draw(0);
        Assert.Equal([16, 1, 32, 32], batch.Target.shape);
    }

    [Fact]
    public void Create_CleanImageOnAnotherScale_TargetsAreUnbiased()
    {
        var plane = Structure(96, 96);
        var noisy = new ChannelImages("n", 0, 96, 96, [[Expose(plane, 1)]]);
        var clean = new ChannelImages("c", 0, 96, 96, [[Array.ConvertAll(plane, value => (0.3f * value) - 5)]]);
        var field = DenoisingField.Create(noisy, clean);
        var difference = field.Targets![0][0].Zip(field.Images.Series[0][0], (target, value) => (double)target - value).ToArray();

        // The mean of 9216 pixels with the noise's standard deviation of 1/8 scatters by 0.0013.
        Assert.Equal(0, difference.Average(), 0.007);
        Assert.Equal(1, Math.Sqrt(difference.Average(value => value * value)) * StabilisedDomain.Scale, 0.1);
    }

    [Fact]
    public void MotionMask_OneMovedSquare_MasksItAlone()
    {
        var random = new SeededRandom(5);
        float[] Noise() => [.. Enumerable.Range(0, 64 * 64).Select(_ => (float)(random.NextGaussian() / StabilisedDomain.Scale))];
        var (first, second) = (Noise(), Noise());
        for (var at = 0; at < 64 * 64; at++)
        {
            second[at] += 0.5f + (at / 64 is >= 20 and < 40 && at % 64 is >= 20 and < 40 ? 3f / (float)StabilisedDomain.Scale : 0);
        }

        var mask = MotionMask.Create(first, second, 64, 64);
        var inside = Enumerable.Range(0, 64 * 64).Where(at => at / 64 is >= 22 and < 38 && at % 64 is >= 22 and < 38).Average(at => mask[at]);
        var outside = Enumerable.Range(0, 64 * 64).Where(at => !(at / 64 is >= 17 and < 43 && at % 64 is >= 17 and < 43)).Average(at => mask[at]);
        Assert.True(inside < 0.01, $"{inside} of the moved pixels count.");
        Assert.True(outside > 0.97, $"{outside} of the resting pixels count.");
    }

    [Fact]
    public void Of_Neighbours_TargetIsBeyondTheWindow()
    {
        var series = Enumerable.Range(0, 6).Select(z => Enumerable.Repeat((float)z, 4).ToArray()).ToArray();
        var field = new DenoisingField(new ChannelImages("a", 0, 2, 2, [series]), new StabilisedDomain(null, 1, 0), null, null);
        var pairs = NeighbourExamples.Of(field, 3).Select(example => (string.Join(',', example.Input.Select(plane => plane[0])), example.Target[0]));
        Assert.Equal([("0,1,2", 3f), ("1,2,3", 0), ("1,2,3", 4), ("2,3,4", 1), ("2,3,4", 5), ("3,4,5", 2)], pairs);
    }

    private static float[] Structure(int height, int width) => [.. Enumerable.Range(0, height * width)
        .Select(i => (float)(60 + (50 * Math.Sin(i / width / 5d) * Math.Cos(i % width / 7d))))];

    private static float[] Expose(float[] photons, int number)
    {
        var random = new SeededRandom(11, (ulong)number);
        return Array.ConvertAll(photons, mean => (float)((2 * (random.NextPoisson((0.2 * mean) + 1) + random.NextGaussian())) + 100));
    }

    private static nn.Module<Tensor, Tensor> Network()
    {
        manual_seed(2);
        return nn.Sequential(
            nn.Conv2d(1, 12, 5, padding: 2), nn.ReLU(), nn.Conv2d(12, 12, 3, padding: 1), nn.ReLU(), nn.Conv2d(12, 1, 3, padding: 1));
    }

    private DenoisingTrainingOptions Options(DenoisingMode mode) => new() { Mode = mode, Steps = 1, Crop = 32, ReportFolder = Name("report") };

    private string Name(string name) => Path.Combine(_folder, name);

    private void Write(string name, int depth, Func<int, float[]> plane, int height = 128, int width = 256)
    {
        var volume = MemoryVolume.FromSingles(Enumerable.Range(0, depth).SelectMany(plane).ToArray(), new VolumeShape(depth, height, width));
        using var writer = VolumeFile.Create(Name(name), volume.Info);
        for (var z = 0; z < depth; z++)
        {
            writer.WriteRows(z, 0, height, volume.Plane(z).Span);
        }

        writer.Complete();
    }
}
