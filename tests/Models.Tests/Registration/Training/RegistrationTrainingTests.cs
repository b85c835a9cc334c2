using InferenceBridge.Imaging;
using InferenceBridge.Models.Packages;
using InferenceBridge.Models.Training;

namespace InferenceBridge.Models.Tests;

[Collection(SeededTests.Name)]
public sealed class RegistrationTrainingTests : IDisposable
{
    private const int Side = 72;

    private readonly string _folder = Directory.CreateTempSubdirectory("ib-train-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_FewSteps_WritesReportAndAPackageThatIsServed()
    {
        WriteImages(4);
        using var result = RegistrationTraining.Run(Options(), null, CancellationToken.None);
        Assert.Equal((2, 2), (result.Data.Training.Count, result.Data.ValidationFiles));
        foreach (var name in new[] { "metrics.json", "history.csv", "curve.png", "example.png", CheckpointFolder.CheckpointName })
        {
            Assert.True(File.Exists(Path.Combine(_folder, "report", name)), $"{name} is missing.");
        }

        var history = File.ReadAllLines(Path.Combine(_folder, "report", "history.csv"));
        Assert.StartsWith("step,seconds,learning_rate,loss,error_px_at_100_photons,textured_error_px_at_100_photons,error_px_at_10_photons", history[0], StringComparison.Ordinal);
        Assert.Equal(1 + result.Outcome.History.Count, history.Length);
        RegistrationPackage.Write(Path.Combine(_folder, "package"), result);
        var package = ModelPackage.Open(Path.Combine(_folder, "package"), NetworkFactories.All);
        Assert.All(package.SelfTest(null, CancellationToken.None), test => Assert.True(test.Passed, test.Message));
        Assert.Contains("2 files to train, 2 to validate", package.Operation.Declaration.Provenance.TrainingData, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ResumedTraining_GivesTheSameNetwork()
    {
        WriteImages(3);
        using var whole = RegistrationTraining.Run(Options() with { Steps = 4, Validations = 2 }, null, CancellationToken.None);
        var options = Options() with { Steps = 4, Validations = 2, ReportFolder = Path.Combine(_folder, "stopped") };
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => RegistrationTraining.Run(options, progress => Stop(progress, stop), stop.Token));
        using var resumed = RegistrationTraining.Run(options with { Resume = true }, null, CancellationToken.None);
        Assert.Equal(whole.Outcome.History.Select(entry => entry.Quality), resumed.Outcome.History.Select(entry => entry.Quality));
        var fault = Assert.Throws<InferenceException>(() => RegistrationTraining.Run(options with { Resume = true, LargestShift = 5 }, null, CancellationToken.None));
        Assert.Equal("shift", fault.Field);
    }

    [Theory]
    [InlineData(RegistrationMode.Self, 0)]
    [InlineData(RegistrationMode.Supervised, 0.5)]
    public void Run_MoviesOwnFrames_Trains(RegistrationMode mode, double share)
    {
        WriteImages(1);
        Write("a-movie.tif", 12, t => Exposed(Scene(7, 0.5 * Math.Sin(t), 0.3 * t), t));
        using var result = RegistrationTraining.Run(Options() with { Mode = mode, SelfShare = share, Steps = 4 }, null, CancellationToken.None);
        Assert.All(result.Outcome.History.Skip(1), entry => Assert.True(double.IsFinite(entry.Loss)));
    }

    [Fact]
    public void Run_StartOfAPackage_BeginsWithItsWeights()
    {
        WriteImages(3);
        var start = Path.Combine(_folder, "start");
        FlowPackage.Write(start);
        using var result = RegistrationTraining.Run(Options() with { Start = start, LearningRate = 1e-7, Seed = 9 }, null, CancellationToken.None);
        var weights = SafetensorsFile.Read(Path.Combine(start, "weights.safetensors"));
        Assert.All(result.Network.state_dict(), entry => Assert.True(entry.Value.allclose(weights[entry.Key], atol: 1e-4), entry.Key));
        Assert.StartsWith("start (", result.Start, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Movie_GivesItsAlignedMean()
    {
        // Whole shifts on the way to the mean are taken back: it is as crisp as a frame.
        Write("movie.tif", 8, t => Scene(7, 3 * (t % 2), -2 * (t % 3)));
        var file = MovieReader.Read(Path.Combine(_folder, "data", "movie.tif"), keepsFrames: true, CancellationToken.None);
        var movie = Assert.Single(file.Movies);
        Assert.Equal(8, movie.Frames.Count);
        static double Energy(float[] plane) => Enumerable.Range(1, plane.Length - 1).Sum(i => Math.Pow(plane[i] - plane[i - 1], 2));
        Assert.InRange(Energy(movie.Mean.Light) / Energy(movie.Frames[0]), 0.9, 1.1);
    }

    [Fact]
    public void Run_BadOptionsOrData_AreNamed()
    {
        WriteImages(3);
        void Refused(string field, RegistrationTrainingOptions options) =>
            Assert.Equal(field, Assert.Throws<InferenceException>(() => RegistrationTraining.Run(options, null, CancellationToken.None)).Field);
        Refused("data", Options() with { Mode = RegistrationMode.Self });
        Refused("data", Options() with { Data = Path.Combine(_folder, "nowhere") });
        Refused("self-loss", Options() with { SelfLoss = "epe+lncc" });
        Refused("loss", Options() with { Loss = "l1" });
        Refused("maximum-sigma", Options() with { SmallestSigma = 30, LargestSigma = 20 });
        Refused("length", Options() with { LargestLength = double.NaN });
        Refused("steps", Options() with { Minutes = 3 });
        Refused("start", Options() with { Start = Path.Combine(_folder, "nowhere") });
        Refused("network", Options() with { Network = "rauden" });
        Refused("network.width", Options() with { NetworkSettings = new Dictionary<string, string> { ["width"] = "3" } });
        Refused(Path.Combine(_folder, "data", "image0.tif"), Options() with { Crop = 96 });
    }

    private static void Stop(TrainingProgress progress, CancellationTokenSource stop)
    {
        if (progress.Step == 3)
        {
            stop.Cancel();
        }
    }

    private RegistrationTrainingOptions Options() => new()
    {
        Data = Path.Combine(_folder, "data"), ReportFolder = Path.Combine(_folder, "report"), Steps = 2, Validations = 1, Batch = 2, Crop = 48,
        Validation = 0.4, Device = "cpu",
    };

    private void WriteImages(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var scene = Scene(i, 0, 0);
            Write($"image{i}.tif", 1, _ => scene);
        }
    }

    private static float[] Scene(int seed, double y, double x) => new SyntheticMotion(seed, 1, Side, Side).Frame(0, y, x);

    private static float[] Exposed(float[] plane, int seed)
    {
        var random = new SeededRandom(5, (ulong)seed);
        return Array.ConvertAll(plane, value => (float)random.NextPoisson(value));
    }

    private void Write(string name, int frames, Func<int, float[]> frame)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "data"));
        var volume = MemoryVolume.FromSingles(Enumerable.Range(0, frames).SelectMany(frame).ToArray(), new VolumeShape(frames, 1, 1, Side, Side));
        using var writer = VolumeFile.Create(Path.Combine(_folder, "data", name), volume.Info);
        for (var t = 0; t < frames; t++)
        {
            writer.WriteRows(t, 0, Side, volume.Plane(t).Span);
        }

        writer.Complete();
    }
}
