using InferenceBridge.Imaging;
using InferenceBridge.Models.Networks;
using InferenceBridge.Models.Packages;
using InferenceBridge.Models.Training;

namespace InferenceBridge.Models.Tests;

[Collection(SeededTests.Name)]
public sealed class DefocusTrainingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ib-train-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("spectral", 12)]
    [InlineData("mobilenet-v2", 1)]
    public void Run_FewSteps_WritesReportAndAPackageThatIsServed(string network, int steps)
    {
        WriteImages(3);
        using var result = DefocusTraining.Run(Options() with { Network = network, Steps = steps, Batch = network == "spectral" ? 16 : 2 }, null, CancellationToken.None);
        foreach (var name in new[] { "metrics.json", "history.csv", "curve.png", "confusion.png", CheckpointFolder.CheckpointName })
        {
            Assert.True(File.Exists(Path.Combine(_folder, "report", name)), $"{name} is missing.");
        }

        DefocusPackage.Write(Path.Combine(_folder, "package"), result);
        var package = ModelPackage.Open(Path.Combine(_folder, "package"), NetworkFactories.All);
        Assert.IsType<DefocusOperation>(package.Operation);
        Assert.All(package.SelfTest(null, CancellationToken.None), test => Assert.True(test.Passed, test.Message));
        Assert.Contains("2 files to train, 1 to validate", package.Operation.Declaration.Provenance.TrainingData, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Spectral_Learns()
    {
        WriteImages(3);
        using var result = DefocusTraining.Run(Options() with { Steps = 40, Validations = 2, AverageDecay = 0.5 }, null, CancellationToken.None);
        var entropies = result.Outcome.History.Select(entry => entry.Figures["cross_entropy"]).ToArray();
        Assert.True(entropies[^1] < entropies[0] - 0.2, $"Cross entropy went from {entropies[0]:f2} to {entropies[^1]:f2}.");
    }

    [Fact]
    public void Run_ResumedTraining_GivesTheSameNetwork()
    {
        WriteImages(3);
        using var whole = DefocusTraining.Run(Options() with { Steps = 4, Validations = 2 }, null, CancellationToken.None);
        var options = Options() with { Steps = 4, Validations = 2, ReportFolder = Path.Combine(_folder, "stopped") };
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => DefocusTraining.Run(options, progress => Stop(progress, stop), stop.Token));
        using var resumed = DefocusTraining.Run(options with { Resume = true }, null, CancellationToken.None);
        Assert.Equal(whole.Outcome.History.Select(entry => entry.Quality), resumed.Outcome.History.Select(entry => entry.Quality));
        var fault = Assert.Throws<InferenceException>(() => DefocusTraining.Run(options with { Resume = true, Phantoms = 5 }, null, CancellationToken.None));
        Assert.Equal("phantoms", fault.Field);
    }

    [Fact]
    public void Run_OneImage_SaysWhatIsNeeded()
    {
        WriteImages(1);
        var fault = Assert.Throws<InferenceException>(() => DefocusTraining.Run(Options(), null, CancellationToken.None));
        Assert.Equal("data", fault.Field);
    }

    [Fact]
    public void Run_OneStack_SaysWhatItReadAndJudgesSimulatedFramesApart()
    {
        var notes = new List<string>();
        using var result = DefocusTraining.Run(Stack() with { SimulatedShare = 0.5 }, progress => notes.AddRange(progress.Note is { } note ? [note] : []), CancellationToken.None);
        Assert.Contains(notes, note => note.Contains("9 planes of 272×272, in focus at plane 4.0, counted from 0; 9 planes of -2.0 to 2.0 µm", StringComparison.Ordinal));
        Assert.Contains(notes, note => note.Contains("the last 128 rows of the only stack", StringComparison.Ordinal));
        Assert.Contains(notes, note => note.StartsWith("50% of the steps", StringComparison.Ordinal));
        Assert.Contains("distance_top1", result.Outcome.BestScore.Figures.Keys);
        Assert.Contains("simulated_top1", result.Outcome.BestScore.Figures.Keys);
        Assert.NotEmpty(result.Data.Planes);
        Assert.Equal(8, result.Data.Simulated.Count);
        Assert.True(result.Data.Simulated.Max(frame => Math.Abs(frame.Defocus)) > 4, "Simulated frames reach beyond the stack.");
        Assert.True(result.Data.Validation.Max(frame => Math.Abs(frame.Defocus)) <= 2);
    }

    [Fact]
    public void Run_OneStackAlone_LearnsFromNothingElse()
    {
        using var result = DefocusTraining.Run(Stack() with { SimulatedShare = 0 }, null, CancellationToken.None);
        Assert.Empty(result.Data.Planes);
        Assert.DoesNotContain("simulated_top1", result.Outcome.BestScore.Figures.Keys);
    }

    [Fact]
    public void Run_StackAndNoPhantoms_NamesThem()
    {
        var fault = Assert.Throws<InferenceException>(() => DefocusTraining.Run(Stack() with { Phantoms = 0 }, null, CancellationToken.None));
        Assert.Equal("phantoms", fault.Field);
    }

    [Fact]
    public void Draw_StackThatIsMostlyEmpty_ShowsStructure()
    {
        // Filaments in an eighth of the plane, and the camera's noise elsewhere.
        const int height = 512, width = 256;
        var (light, random) = (SharpPhantom.Create(2, width, 3).Light, new SeededRandom(5));
        float[] Plane() => [.. Enumerable.Range(0, height * width).Select(i => 100 + (2 * (float)random.NextGaussian()) + (i < width * height / 8 ? 40 * light[i] : 0))];
        var optics = new FocusOptics { NumericalAperture = 0.8, WavelengthNm = 550, ImmersionIndex = 1, PixelMicrometres = 0.2 };
        var stack = FocalStack.Of("stack", height, width, [Plane(), Plane()], 0, 0.5, optics, 128);
        var drawn = Enumerable.Range(0, 50).Select(i => stack.Draw(new SeededRandom(1, (ulong)i))).ToArray();
        var structured = drawn.Count(frame => frame.Input[SpectralBins.Count..(2 * SpectralBins.Count)].Any(weight => weight > 0));
        Assert.InRange(structured, 48, 50);

        // The last rows hold nothing; the first are all that there is.
        Assert.False(stack.Rows(height - 128, 128).Places.IsAsGoodAs(stack.Places));
        Assert.True(stack.Rows(0, 128).Places.IsAsGoodAs(stack.Places));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(3.0)]
    public void Score_SimulatedFramesBesideRealOnes_AreAsHeavyAsThose(double simulatedDefocus)
    {
        // One real frame and three simulated ones: each kind is half of what decides, however many there are.
        static DefocusFrame Frame(double defocus) => new(new float[SpectralInput.Length], [1, SpectralFocusNetwork.Rows, 1, SpectralBins.Count], defocus, true);
        using var network = DefocusArchitectures.Create(SpectralFocusOptions.Name, new Dictionary<string, string>());
        network.eval();
        double Entropy(DefocusFrame[] frames, DefocusFrame[] simulated) =>
            new DefocusValidator(frames, simulated).Score(network, TorchSharp.torch.CPU, CancellationToken.None).Figures["cross_entropy"];
        var (real, other) = (Frame(1), Frame(simulatedDefocus));
        Assert.Equal((Entropy([real], []) + Entropy([other], [])) / 2, Entropy([real], [other, other, other]), 1e-6);
    }

    [Fact]
    public void Run_OneMicroscope_IsToldByThePackage()
    {
        WriteImages(3);
        var options = Options() with { Network = "mobilenet-v2", Steps = 1, Batch = 2, NumericalAperture = 0.8, WavelengthNm = 525, ImmersionIndex = 1, PixelSize = 0.325 };
        using var result = DefocusTraining.Run(options, null, CancellationToken.None);
        DefocusPackage.Write(Path.Combine(_folder, "package"), result);
        var package = ModelPackage.Open(Path.Combine(_folder, "package"), NetworkFactories.All);
        Assert.Contains("aperture 0.8, 525 nm, index 1, pixels of 0.325 um", package.Operation.Declaration.Provenance.TrainingData, StringComparison.Ordinal);

        // Without an aberration no frame tells the sign: all are judged by distance.
        Assert.DoesNotContain("top1", result.Outcome.BestScore.Figures.Keys);
        Assert.Contains("distance_top1", result.Outcome.BestScore.Figures.Keys);
    }

    [Fact]
    public void Write_HalfPrecision_HalvesTheWeightsAndPassesItsOwnTest()
    {
        WriteImages(3);
        var (whole, half) = (Path.Combine(_folder, "whole"), Path.Combine(_folder, "half"));
        foreach (var (folder, isHalf) in new[] { (whole, false), (half, true) })
        {
            using var result = DefocusTraining.Run(Options() with { Steps = 2, Labels = new PackageLabels { IsHalf = isHalf } }, null, CancellationToken.None);
            DefocusPackage.Write(folder, result);
        }

        Assert.InRange(Bytes(half) / (double)Bytes(whole), 0.49, 0.55);
        var package = ModelPackage.Open(half, NetworkFactories.All);
        Assert.All(package.SelfTest(null, CancellationToken.None), test => Assert.True(test.Passed, test.Message));
    }

    [Theory]
    [InlineData(0.8, null, null, null, 0.0, "wavelength")]
    [InlineData(0.8, 525.0, 1.0, null, 0.0, "pixel-size")]
    [InlineData(null, 525.0, null, null, 0.0, "na")]
    [InlineData(null, null, null, null, 0.2, "na")]
    [InlineData(1.2, 525.0, 1.0, 0.3, 0.0, "parameters.na")]
    public void Run_MicroscopeStatedInPartOrImpossible_SaysWhatIsMissing(double? aperture, double? wavelength, double? index, double? pixel, double spherical, string field)
    {
        WriteImages(3);
        var options = Options() with { NumericalAperture = aperture, WavelengthNm = wavelength, ImmersionIndex = index, PixelSize = pixel, SphericalWaves = spherical };
        var fault = Assert.Throws<InferenceException>(() => DefocusTraining.Run(options, null, CancellationToken.None));
        Assert.Equal(field, fault.Field);
    }

    [Fact]
    public void Draw_ManyDefoci_AreEvenWithinTheClassesAndFewBeyond()
    {
        var drawn = Enumerable.Range(0, 20_000).Select(i => DefocusDraw.Draw(new SeededRandom(8, (ulong)i))).ToArray();
        Assert.All(drawn, z => Assert.InRange(z, -DefocusDraw.Largest, DefocusDraw.Largest));
        Assert.InRange(drawn.Count(z => Math.Abs(z) > 10.25) / 20_000.0, 0.05, 0.07);
        Assert.InRange(drawn.Average(), -0.15, 0.15);
        Assert.InRange(drawn.Count(z => Math.Abs(z) < 5.125) / 20_000.0, 0.45, 0.49);
    }

    // Nine planes 0.5 µm apart, in focus at the fifth.
    private DefocusTrainingOptions Stack()
    {
        const int side = 272, planes = 9;
        var optics = new FocusOptics { NumericalAperture = 0.8, WavelengthNm = 550, ImmersionIndex = 1, PixelMicrometres = 0.2 };
        using var blurred = new DefocusedImage(SharpPhantom.Create(1, side, 3).Light, side, side, optics, 2);
        var values = Enumerable.Range(0, planes).SelectMany(i => blurred.At(0.5 * (i - 4)).Select(value => 100 * value)).ToArray();
        var volume = MemoryVolume.FromSingles(values, new VolumeShape(1, 1, planes, side, side));
        var path = Path.Combine(_folder, "stack.tif");
        using var writer = VolumeFile.Create(path, volume.Info);
        for (var z = 0; z < planes; z++)
        {
            writer.WriteRows(z, 0, side, volume.Plane(z).Span);
        }

        writer.Complete();
        return Options() with { Data = path, ZStep = 0.5, FocusPlane = 4, NumericalAperture = 0.8, WavelengthNm = 550, ImmersionIndex = 1, PixelSize = 0.2 };
    }

    private DefocusTrainingOptions Options() => new()
    {
        Data = Path.Combine(_folder, "data"), ReportFolder = Path.Combine(_folder, "report"), Steps = 12, Validations = 1, Validation = 0.3,
        Batch = 16, Crop = 128, Phantoms = 2, ValidationFrames = 8, RenderedShare = 0.5, RenderedFrames = 16,
    };

    private static long Bytes(string package) => new FileInfo(Path.Combine(package, "weights.safetensors")).Length;

    private static void Stop(TrainingProgress progress, CancellationTokenSource stop)
    {
        if (progress.Step == 2)
        {
            stop.Cancel();
        }
    }

    private void WriteImages(int count)
    {
        var data = Directory.CreateDirectory(Path.Combine(_folder, "data")).FullName;
        for (var i = 0; i < count; i++)
        {
            var volume = MemoryVolume.FromSingles(SharpPhantom.Create(i, 256, 5).Light, new VolumeShape(1, 1, 1, 256, 256));
            using var writer = VolumeFile.Create(Path.Combine(data, $"image{i}.tif"), volume.Info);
            writer.WriteRows(0, 0, 256, volume.Plane(0).Span);
            writer.Complete();
        }
    }
}
