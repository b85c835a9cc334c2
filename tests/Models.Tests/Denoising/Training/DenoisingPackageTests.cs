using InferenceBridge.Imaging;
using InferenceBridge.Models.Networks;
using InferenceBridge.Models.Packages;
using InferenceBridge.Models.Tests.Packages;
using InferenceBridge.Models.Training;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Tests;

[Collection(SeededTests.Name)]
public sealed class DenoisingPackageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ib-train-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Write_TrainedNetwork_IsServedAndGivesItsTestOutput(int channels)
    {
        using var result = Result(channels);
        DenoisingPackage.Write(_folder, result);
        var package = ModelPackage.Open(_folder, NetworkFactories.All);
        Assert.True(package.IsTiled);
        Assert.Equal("denoise/mine", package.Operation.Declaration.Id);
        var provenance = package.Operation.Declaration.Provenance;
        Assert.Equal("CC0-1.0", provenance.Licence);
        Assert.Contains("psnr_db 31.5", provenance.TrainingData, StringComparison.Ordinal);
        Assert.Contains("0123abcd", provenance.TrainingData, StringComparison.Ordinal);
        Assert.All(package.SelfTest(null, CancellationToken.None), test => Assert.True(test.Passed, test.Message));
    }

    [Fact]
    public void Process_ImageOfAnyScale_IsWhatTheNetworkGivesInTheStabilisedDomain()
    {
        using var result = Result(1);
        DenoisingPackage.Write(_folder, result);
        var package = ModelPackage.Open(_folder, NetworkFactories.All);
        var random = new SeededRandom(3);
        var values = Enumerable.Range(0, 2 * 64 * 96).Select(i => (float)(50 + (3 * random.NextPoisson(20 + (15 * Math.Sin(i / 400d)))))).ToArray();
        var got = PackageRun.Of(package, MemoryVolume.FromSingles(values, new VolumeShape(2, 64, 96)));

        var field = DenoisingField.Create(new ChannelImages("x", 0, 64, 96, [[values[..(64 * 96)], values[(64 * 96)..]]]));
        var expected = field.Images.Series[0].SelectMany(plane => NetworkRun.Denoise(
            result.Network, new ValidationImage("x", field.Domain, 64, 96, [plane], null), CPU).ToSingles()).ToArray();
        PackageRun.Near(expected, got);
        Assert.True(expected.Zip(values, (a, b) => Math.Abs(a - b)).Average() > 1, "The network changes nothing.");
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(3.0)]
    public void Process_NoiseFactor_MultipliesTheEstimatedNoise(double factor)
    {
        using var result = Result(1);
        DenoisingPackage.Write(_folder, result);
        var package = ModelPackage.Open(_folder, NetworkFactories.All);
        var random = new SeededRandom(3);
        var values = Enumerable.Range(0, 64 * 96).Select(i => (float)(50 + (3 * random.NextPoisson(20 + (15 * Math.Sin(i / 400d)))))).ToArray();
        var volume = MemoryVolume.FromSingles(values, new VolumeShape(1, 64, 96));
        var got = PackageRun.Of(package, volume, parameters: new Dictionary<string, object> { ["noise_factor"] = factor });

        var estimator = new NoiseLawEstimator();
        estimator.Add(values, 64, 96);
        var law = estimator.Estimate()!;
        var domain = StabilisedDomain.From(new NoiseLaw(factor * factor * law.Gain, factor * factor * law.VarianceAtZero), values.Average(value => (double)value))!;
        var image = new ValidationImage("x", domain, 64, 96, [Array.ConvertAll(values, value => domain.Forward(value))], null);
        PackageRun.Near(NetworkRun.Denoise(result.Network, image, CPU).ToSingles(), got, 1e-4);
        Assert.NotEqual(PackageRun.Of(package, volume), got);
    }

    [Fact]
    public void Process_ConstantImage_StaysAsItIs()
    {
        using var result = Result(1, zeroHead: true);
        DenoisingPackage.Write(_folder, result);
        var package = ModelPackage.Open(_folder, NetworkFactories.All);
        var got = PackageRun.Of(package, MemoryVolume.FromSingles(Enumerable.Repeat(7f, 64 * 64).ToArray(), new VolumeShape(1, 64, 64)));
        Assert.All(got, value => Assert.Equal(7, value, 3));
    }

    [Fact]
    public void Open_WeightsOfAnotherShape_NamesTheTensor()
    {
        using var result = Result(1);
        DenoisingPackage.Write(_folder, result);
        var path = Path.Combine(_folder, "rdf.yaml");
        File.WriteAllText(path, File.ReadAllText(path).Replace("architecture: rauden-lite", "architecture: rauden", StringComparison.Ordinal));
        var fault = Assert.Throws<InferenceException>(() => ModelPackage.Open(_folder, NetworkFactories.All).SelfTest(null, CancellationToken.None));
        Assert.Equal(InferenceError.FileFormatInvalid, fault.Error);
        Assert.Contains("stem.weight", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_IntoAFile_SaysWhereTheNetworkIs()
    {
        using var result = Result(1);
        var path = Path.Combine(_folder, "taken");
        File.WriteAllText(path, "");
        var fault = Assert.Throws<InferenceException>(() => DenoisingPackage.Write(path, result));
        Assert.Equal(("out", InferenceError.FileUnwritable), (fault.Field, fault.Error));
    }

    private static DenoisingTrainingResult Result(int channels, bool zeroHead = false)
    {
        manual_seed(5);
        var settings = new Dictionary<string, string> { ["channels"] = $"{channels}" };
        var network = NetworkArchitectures.Create("rauden-lite", settings);
        using (no_grad())
        {
            network.get_parameter("head.weight")!.normal_(0, zeroHead ? 0 : 0.05);
        }

        network.eval();
        var options = new DenoisingTrainingOptions
        {
            Mode = DenoisingMode.Noise2Void, Data = "/somewhere/mine \"1\".tif", Channels = channels, Steps = 1, ReportFolder = "report",
            Labels = new PackageLabels { Operation = "denoise/mine", Licence = "CC0-1.0", Commit = "0123abcd" },
        };
        var data = new DenoisingData(null!, null, [], 1, 1, "");
        var score = new ValidationScore(31.5, new Dictionary<string, double> { ["psnr_db"] = 31.5 });
        return new DenoisingTrainingResult(options, network, settings, data, new TrainingOutcome(1, 1, false, 1, score, []), CPU);
    }
}
