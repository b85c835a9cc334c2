using InferenceBridge.Imaging;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Tests;

[Collection(SeededTests.Name)]
public sealed class DefocusOperationTests : IDisposable
{
    private static readonly (string, object)[] Microscope = [("na", 0.8), ("wavelength", 550.0), ("index", 1.0)];

    private readonly string _folder = Directory.CreateTempSubdirectory("ib-focus-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("spectral")]
    [InlineData("mobilenet-v2")]
    public void Open_TrainedPackage_IsAnOperationOnFramesThatGivesItsTestOutput(string network)
    {
        var package = UntrainedDefocusPackage.Write(_folder, network);
        var declaration = package.Operation.Declaration;
        Assert.True(package.IsOfFrames);
        Assert.Equal($"autofocus/{network}", declaration.Id);
        Assert.Equal(network == "spectral", declaration.Parameters.Any(parameter => parameter.Name == "na"));
        Assert.Contains("top1 0.3", declaration.Provenance.TrainingData, StringComparison.Ordinal);
        Assert.All(package.SelfTest(null, CancellationToken.None), test => Assert.True(test.Passed, test.Message));
    }

    [Fact]
    public void Assess_Phantom_GivesNumbersAndAMapOfTiles()
    {
        var (height, width) = (300, 260);
        var pixels = SharpPhantom.Create(1, 300, 1).Light.Chunk(300).SelectMany(row => row.Take(width)).Select(value => 100 * value).ToArray();
        var assessment = Assess(pixels, height, width, [.. Microscope, ("tile", 128L)]);
        Assert.NotNull(assessment.Estimate);
        Assert.False(assessment.Estimate.Empty);
        Assert.Equal(1, assessment.Estimate.Probabilities.Sum(), 1e-4);
        Assert.Equal((3, 2, 2), (assessment.Map.Channels, assessment.Map.Height, assessment.Map.Width));
        Assert.Equal(12, assessment.Map.Values.Length);
        Assert.True(assessment.Score > 0);
        Assert.True(assessment.Numbers.ContainsKey("brenner"));
        var probabilities = assessment.Estimate.Probabilities;
        Assert.Equal((Array.IndexOf(probabilities, probabilities.Max()) * 0.5) - 10, assessment.Numbers["likely_um"]);
    }

    [Fact]
    public void Assess_NoAberration_LeavesTheSignOpen()
    {
        var pixels = SharpPhantom.Create(1, 256, 1).Light;
        var probabilities = Assess(pixels, 256, 256, Microscope).Estimate!.Probabilities;
        var aberrated = Assess(pixels, 256, 256, [.. Microscope, ("spherical", 0.4)]).Estimate!.Probabilities;
        Assert.InRange(Asymmetry(probabilities), 0, 1e-6);
        Assert.True(Asymmetry(aberrated) > 1e-5, $"The asymmetry is {Asymmetry(aberrated)}.");
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(65_535f)]
    public void Assess_NothingToSee_IsEmpty(float value)
    {
        var assessment = Assess([.. Enumerable.Repeat(value, 150 * 140)], 150, 140, Microscope);
        Assert.True(assessment.Estimate!.Empty);
        Assert.True(assessment.IsEmpty);
        Assert.Equal(0, assessment.Estimate.Confidence);
        Assert.All(assessment.Map.Values, v => Assert.Equal(0, v));
    }

    [Fact]
    public void Plan_SmallFrame_SaysWhatTheNetworkTakes()
    {
        var fault = Assert.Throws<InferenceException>(() => Plan(127, 400, Calibrated, Microscope));
        Assert.Equal("image.size_y", fault.Field);
        Assert.Contains("at least 128", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_NoPixelSize_SaysWhatToGive()
    {
        var fault = Assert.Throws<InferenceException>(() => Plan(200, 200, Calibration.None, Microscope));
        Assert.Equal("image.calibration", fault.Field);
        Assert.Contains("pixel size", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("na")]
    [InlineData("wavelength")]
    [InlineData("index")]
    public void Plan_MissingOptics_NamesThem(string missing)
    {
        var fault = Assert.Throws<InferenceException>(() => Plan(200, 200, Calibrated, [.. Microscope.Where(entry => entry.Item1 != missing)]));
        Assert.Equal($"parameters.{missing}", fault.Field);
    }

    [Fact]
    public void Plan_PixelsThatAreNoSquares_AreRefused() => Assert.Equal("image.calibration",
        Assert.Throws<InferenceException>(() => Plan(200, 200, Calibrated with { VoxelHeight = 0.3 }, Microscope)).Field);

    private static double Asymmetry(float[] probabilities) => Enumerable.Range(0, 20).Max(i => Math.Abs(probabilities[i] - probabilities[40 - i]));

    private static Calibration Calibrated => new() { VoxelWidth = 0.2, VoxelHeight = 0.2, Unit = "micron" };

    private FrameJobPlan Plan(int height, int width, Calibration calibration, (string Name, object Value)[] parameters)
    {
        var operation = (IFrameOperation)UntrainedDefocusPackage.Write(_folder).Operation;
        return operation.Plan(new FrameJobRequest(Parameters(operation, parameters), Info(height, width, calibration), new Dictionary<string, VolumeInfo>()));
    }

    private FocusAssessment Assess(float[] pixels, int height, int width, (string Name, object Value)[] parameters)
    {
        var operation = (DefocusOperation)UntrainedDefocusPackage.Write(_folder).Operation;
        using var assessor = operation.Assessor(Parameters(operation, parameters), Info(height, width, Calibrated), CPU);
        return assessor.Assess(new FocusFrame(pixels, height, width, null), CancellationToken.None);
    }

    private static ParameterSet Parameters(IFrameOperation operation, (string Name, object Value)[] parameters) =>
        ParameterSet.Create(operation.Declaration.Parameters, parameters.ToDictionary(p => p.Name, p => p.Value));

    private static VolumeInfo Info(int height, int width, Calibration calibration) =>
        new(new VolumeShape(1, height, width), PixelType.UInt16) { Calibration = calibration };
}
