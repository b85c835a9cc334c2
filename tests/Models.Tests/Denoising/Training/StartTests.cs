using InferenceBridge.Models.Networks;
using InferenceBridge.Models.Tests.Packages;
using InferenceBridge.Models.Training;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Tests;

/// <summary>Trainings that begin from a trained network.</summary>
[Collection(SeededTests.Name)]
public sealed class StartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ib-start-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("rauden-lite", 1)]
    [InlineData("rauden", 1)]
    [InlineData("rauden-lite", 3)]
    [InlineData("rauden", 5)]
    public void Take_SameOrLargerNetwork_BeginsWhereTheOtherEnded(string architecture, int channels)
    {
        using var scope = NewDisposeScope();
        using var grad = no_grad();
        var from = Options("rauden-lite", 1);
        var to = Options(architecture, channels);
        using var source = Network(from, 3);
        using var target = Network(to, 4);
        var image = randn([2, channels, 96, 64]);
        var expected = source.call(image.narrow(1, channels / 2, 1));
        var fresh = Difference(target.call(image), expected);

        RaudenGrowth.Take(source, from, target, to);

        // The short filter along the features sees, at the last old one, the first new one.
        var taken = Difference(target.call(image), expected);
        Assert.True(fresh > 0.5, $"{fresh} with new weights.");
        Assert.True(taken < (architecture == "rauden" ? 0.02 : 1e-6), $"{taken} with those of the other.");
    }

    [Fact]
    public void Take_GrownNetwork_LearnsWithItsNewFeatures()
    {
        var (from, to) = (Options("rauden-lite", 1), Options("rauden", 1));
        using var source = Network(from, 3);
        using var target = Network(to, 4);
        RaudenGrowth.Take(source, from, target, to);
        using var image = randn([1, 1, 64, 64]);
        using var loss = target.call(image).square().mean();
        loss.backward();

        // Further blocks begin with their last step, which is 0.
        var weights = target.named_parameters().Where(entry => entry.parameter.shape.Length == 4 && !entry.name.EndsWith(".1.widen.weight", StringComparison.Ordinal)
            && !entry.name.EndsWith(".1.depthwise.weight", StringComparison.Ordinal) && !entry.name.EndsWith(".1.attention.convolution.weight", StringComparison.Ordinal));
        Assert.All(weights, entry => Assert.True(entry.parameter.grad!.abs().sum().item<float>() > 0, entry.name));
    }

    [Fact]
    public void Run_StartOfALargerNetwork_IsRefused()
    {
        var large = Path.Combine(_folder, "large");
        TrainedPackage.Write(large, "rauden", 1, 5, 0.1);
        var fault = Assert.Throws<InferenceException>(() => DenoisingTraining.Run(Training(large), null, CancellationToken.None).Dispose());
        Assert.Equal(("start", InferenceError.ShapeMismatch), (fault.Field, fault.Error));
        Assert.Contains("64/96/128 features, 2 block(s)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Start_IsTheFirstThatIsJudgedAndIsNamed()
    {
        var package = Path.Combine(_folder, "trained");
        TrainedPackage.Write(package, "rauden-lite", 1, 5, 0.1);
        using var fresh = DenoisingTraining.Run(Training(null), null, CancellationToken.None);
        using var started = DenoisingTraining.Run(Training(package), null, CancellationToken.None);
        Assert.NotEqual(fresh.Outcome.History[0].Quality, started.Outcome.History[0].Quality);
        Assert.StartsWith("trained (", started.Start, StringComparison.Ordinal);
        Assert.Contains("\"start\": \"trained (", File.ReadAllText(Path.Combine(_folder, "report", "metrics.json")), StringComparison.Ordinal);
    }

    private static RaudenOptions Options(string architecture, int channels) =>
        RaudenOptions.From(architecture, new Dictionary<string, string> { ["channels"] = $"{channels}" });

    private static RaudenNetwork Network(RaudenOptions options, long seed)
    {
        manual_seed(seed);
        using var grad = no_grad();
        var network = new RaudenNetwork(options);
        network.get_parameter("head.weight")!.normal_(0, 0.3);
        return network;
    }

    private static double Difference(Tensor result, Tensor expected) => (result - expected).square().mean().sqrt().item<float>();

    private DenoisingTrainingOptions Training(string? start) => new()
    {
        Mode = DenoisingMode.Simulated, Network = "rauden-lite", Start = start, Steps = 1, Batch = 1, Crop = 32, Phantoms = 4, Validations = 1,
        ReportFolder = Path.Combine(_folder, "report"),
    };
}
