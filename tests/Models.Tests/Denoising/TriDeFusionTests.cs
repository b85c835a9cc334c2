using InferenceBridge.Imaging;
using InferenceBridge.Models.Packages;
using InferenceBridge.Models.Tests.Packages;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Tests;

[Collection(SeededTests.Name)]
public sealed class TriDeFusionTests : IDisposable
{
    private const string Id = "denoise/tridefusion";
    private readonly string _folder = Directory.CreateTempSubdirectory("ib-fusion-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(5)]
    [InlineData(50)]
    public void Process_NetworkThatLeavesTheNoise_IsMuchBetterThanTheNetwork(double photons)
    {
        // A network that was never trained returns the image: all of the noise is left.
        var package = Package("plain", 0);
        var (clean, noisy) = Stack(9, photons, z => 0.02 * z);
        var network = Psnr(PackageRun.Of(package, noisy), clean);
        var (fused, _, details) = Run(package, noisy);
        var gain = Psnr(fused, clean) - network;
        Assert.True(gain > 4, $"{gain:0.00} dB.");
        Assert.Equal(1, double.Parse(details["noise_left"], System.Globalization.CultureInfo.InvariantCulture), 0.15);
        Assert.Equal(package.Operation.Declaration.Id, details["model"]);
        Assert.Equal(package.Operation.Declaration.Provenance.WeightsSha256, details["model_weights_sha256"]);
    }

    [Fact]
    public void Process_SlicesThatShowOtherThings_AreNotMixed()
    {
        var package = Package("plain", 0);
        var (clean, noisy) = Stack(8, 400, z => 2.1 * z);
        var network = Psnr(PackageRun.Of(package, noisy), clean);
        Assert.InRange(Psnr(Run(package, noisy).Values, clean), network - 0.1, 100);
    }

    [Fact]
    public void Process_CleanResultOfTheNetwork_StaysAsItIs()
    {
        var package = Package("plain", 0);
        var (_, noisy) = Stack(5, 50, z => 0.3 * z);
        var network = PackageRun.Of(package, noisy);
        PackageRun.Near(network, Run(package, noisy, ("noise_left", 1e-3)).Values);
    }

    [Fact]
    public void Apply_SmallStack_IsTheReference()
    {
        var options = new TriDeFusionOptions("", 2, 5, 1, 0.8, 0, 1);
        using var values = randn(4, 9, 8);
        using var comparable = values.mul(2).add(randn(4, 9, 8).mul(0.3));
        var (v, c) = (values.data<float>().ToArray(), comparable.data<float>().ToArray());
        using var result = new FusionKernel(options).Apply(values, comparable, 1.1, 1, 3, CancellationToken.None);
        Near.Equal(Enumerable.Range(1, 3).SelectMany(z => Enumerable.Range(0, 72).Select(at => Reference(v, c, z, at / 8, at % 8))), result.data<float>().ToArray(), 1e-5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Process_InTiles_IsTheWhole(int channels)
    {
        var package = Package("tiled", 0.05, channels);
        var (_, noisy) = Stack(9, 20, z => 0.1 * z, 480, 480);
        var whole = Run(package, noisy).Values;
        var (operation, request) = Request(package, noisy);
        var tiled = PackageRun.Tiled(operation, request, noisy, 9L * 480 * 470).Values;
        PackageRun.Near(whole, tiled);
        Assert.True(PackageRun.Of(package, noisy).Zip(whole, (a, b) => Math.Abs(a - b)).Max() > 1, "Nothing was fused.");
    }

    [Fact]
    public void Process_OneSlice_IsWhatTheNetworkGivesAndSaysSo()
    {
        var package = Package("one", 0.05);
        var (_, noisy) = Stack(1, 20, _ => 0);
        var (values, warnings, _) = Run(package, noisy);
        Assert.Equal(PackageRun.Of(package, noisy), values);
        Assert.Contains(warnings, warning => warning.Contains("one slice", StringComparison.Ordinal));
    }

    [Fact]
    public void Process_FramesOfSeveralChannels_AreNotComparedAndItSaysSo()
    {
        var package = Package("frames", 0.05);
        var movie = PackageRun.Image(3, 2, 1, 64, 64);
        Assert.Contains(Run(package, movie).Warnings, warning => warning.Contains("one by one", StringComparison.Ordinal));
    }

    [Fact]
    public void Process_ConstantStack_StaysConstant()
    {
        var package = Package("constant", 0);
        var flat = MemoryVolume.FromSingles(Enumerable.Repeat(7f, 4 * 64 * 64).ToArray(), new VolumeShape(4, 64, 64));
        Assert.All(Run(package, flat).Values, value => Assert.Equal(7, value, 3));
    }

    [Fact]
    public void SetPackages_PackagesComeAndGo_ChoicesFollow()
    {
        var catalog = new OperationCatalog(BuiltInOperations.All);
        var (_, noisy) = Stack(3, 20, _ => 0);
        var before = (ITensorOperation)catalog.Find(Id);
        var fault = Assert.Throws<InferenceException>(() => before.Plan(Request(before, noisy)));
        Assert.Equal(("parameters.network", InferenceError.ParameterOutOfRange), (fault.Field, fault.Error));
        Assert.Contains("models folder", fault.Message, StringComparison.Ordinal);

        var (first, lite) = (Package("first", 0), Package("lite", 0, operation: "denoise/rauden-lite"));
        catalog.SetPackages([first.Operation]);
        Assert.Equal(("run/first", 1), Choices());
        catalog.SetPackages([first.Operation, lite.Operation]);
        Assert.Equal(("denoise/rauden-lite", 2), Choices());
        catalog.SetPackages([]);
        Assert.Throws<InferenceException>(() => ((ITensorOperation)catalog.Find(Id)).Plan(Request((ITensorOperation)catalog.Find(Id), noisy)));

        (string, int) Choices()
        {
            var model = catalog.Find(Id).Declaration.Parameters.OfType<ChoiceParameter>().Single();
            return (model.Default, model.Choices.Count);
        }
    }

    [Fact]
    public void Plan_EvenPatch_IsRefused()
    {
        var package = Package("even", 0);
        var fault = Assert.Throws<InferenceException>(() => Run(package, Stack(3, 20, _ => 0).Noisy, ("patch_size", 4L)));
        Assert.Equal("parameters.patch_size", fault.Field);
    }

    private static double Reference(float[] values, float[] comparable, int z, int y, int x)
    {
        var (sum, weights) = ((double)values[(z * 72) + (y * 8) + x], 1d);
        for (var other = Math.Max(0, z - 2); other <= Math.Min(3, z + 2); other++)
        {
            foreach (var (dy, dx) in from v in new[] { -1, 0, 1 } from u in new[] { -1, 0, 1 } select (v, u))
            {
                if (other == z || y + dy is < 0 or > 8 || x + dx is < 0 or > 7)
                {
                    continue;
                }

                var squares = from v in Enumerable.Range(y - 2, 5) from u in Enumerable.Range(x - 2, 5)
                              where v is >= 0 and <= 8 && u is >= 0 and <= 7 && v + dy is >= 0 and <= 8 && u + dx is >= 0 and <= 7
                              select Math.Pow(comparable[(z * 72) + (v * 8) + u] - (double)comparable[(other * 72) + ((v + dy) * 8) + u + dx], 2);
                var weight = Math.Exp(-Math.Min(20, Math.Max(0, squares.Average() - (2 * 1.21)) / (2 * 0.64 * 1.21)));
                sum += weight * values[(other * 72) + ((y + dy) * 8) + x + dx];
                weights += weight;
            }
        }

        return sum / weights;
    }

    private static (float[] Clean, MemoryVolume Noisy) Stack(int depth, double photons, Func<int, double> phase, int height = 64, int width = 96)
    {
        var random = new SeededRandom(6);
        float[] clean = [.. Enumerable.Range(0, depth * height * width).Select(i =>
        {
            var (z, y, x) = (i / (height * width), i / width % height, i % width);
            return (float)(100 + (2 * photons * (1 + (0.8 * Math.Sin((y / 6d) + phase(z)) * Math.Cos((x / 8d) - phase(z))))));
        })];
        var noisy = Array.ConvertAll(clean, mean => (float)(100 + (2 * (random.NextPoisson((mean - 100) / 2) + random.NextGaussian()))));
        return (clean, MemoryVolume.FromSingles(noisy, new VolumeShape(depth, height, width)));
    }

    private static double Psnr(float[] values, float[] clean) =>
        10 * Math.Log10(Math.Pow(clean.Max() - clean.Min(), 2) / values.Zip(clean, (a, b) => Math.Pow(a - b, 2)).Average());

    private static (float[] Values, IReadOnlyList<string> Warnings, IReadOnlyDictionary<string, string> Details) Run(
        ModelPackage package, MemoryVolume volume, params (string, object)[] parameters)
    {
        var (operation, request) = Request(package, volume, parameters);
        return PackageRun.Tiled(operation, request, volume);
    }

    private static (ITensorOperation Operation, TensorJobRequest Request) Request(ModelPackage package, MemoryVolume volume, params (string, object)[] parameters)
    {
        var catalog = new OperationCatalog(BuiltInOperations.All);
        catalog.SetPackages([package.Operation]);
        var operation = (ITensorOperation)catalog.Find(Id);
        return (operation, Request(operation, volume, parameters));
    }

    private static TensorJobRequest Request(ITensorOperation operation, MemoryVolume volume, params (string Name, object Value)[] parameters) => new(
        ParameterSet.Create(operation.Declaration.Parameters, parameters.ToDictionary(p => p.Name, p => p.Value)), volume.Info, new Dictionary<string, VolumeInfo>());

    private ModelPackage Package(string name, double head, int channels = 1, string? operation = null)
    {
        var folder = Path.Combine(_folder, name);
        TrainedPackage.Write(folder, "rauden-lite", channels, 3, head, operation);
        return ModelPackage.Open(folder, NetworkFactories.All);
    }
}
