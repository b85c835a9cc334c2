using InferenceBridge.Models.Networks;
using InferenceBridge.Models.Packages;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Tests;

[Collection(SeededTests.Name)]
public sealed class FlowOperationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ib-flow-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Open_TrainedPackage_IsAnOperationOnFramesThatGivesItsTestOutput()
    {
        var package = FlowPackage.Write(_folder);
        var declaration = package.Operation.Declaration;
        Assert.True(package.IsOfFrames);
        Assert.Equal("register/flow", declaration.Id);
        Assert.Equal(["image", "template"], declaration.Inputs.Select(input => input.Name));
        Assert.Equal("CC0-1.0", declaration.Provenance.Licence);
        Assert.Equal(64, declaration.Provenance.WeightsSha256.Length);
        Assert.Contains("error_px_at_100_photons 0.3", declaration.Provenance.TrainingData, StringComparison.Ordinal);
        Assert.All(package.SelfTest(null, CancellationToken.None), test => Assert.True(test.Passed, test.Message));
        Assert.InRange(new DirectoryInfo(_folder).EnumerateFiles().Sum(file => file.Length), 1, 10 << 20);
    }

    [Fact]
    public void SelfTest_OtherWeights_Fails()
    {
        FlowPackage.Write(_folder);
        var path = Path.Combine(_folder, "weights.safetensors");
        var bytes = File.ReadAllBytes(path);
        for (var i = bytes.Length - 40_000; i < bytes.Length; i += 4)
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(i), BitConverter.ToSingle(bytes, i) + 0.3f);
        }

        var before = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)));
        File.WriteAllBytes(path, bytes);
        var description = Path.Combine(_folder, "rdf.yaml");
        var after = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        File.WriteAllText(description, File.ReadAllText(description).Replace(before, after, StringComparison.Ordinal));
        Assert.All(ModelPackage.Open(_folder, NetworkFactories.All).SelfTest(null, CancellationToken.None), test => Assert.False(test.Passed, test.Message));
    }

    [Fact]
    public void Process_LargeShifts_FindsThemBeyondTheNetworksReach()
    {
        (double Z, double Y, double X)[] shifts = [(0, 0, 0), (0, 0.4, -0.7), (0, 14.3, -9.6), (0, -17.25, 3.5)];
        var run = new MovieRun(Operation(), ("template", "first"), ("passes", 1L));
        run.Run(new SyntheticMotion(1, 1, 104, 117).Movie(shifts, photons: 300));
        for (var i = 0; i < shifts.Length; i++)
        {
            Assert.InRange(run.Numbers[i]["shift_y"] - shifts[i].Y, -0.15, 0.15);
            Assert.InRange(run.Numbers[i]["shift_x"] - shifts[i].X, -0.15, 0.15);
        }

        Assert.True(run.Detail("correlation_after") > run.Detail("correlation_before") + 0.1);
    }

    [Fact]
    public void Process_MovieWithoutMotion_ChangesLittle()
    {
        var run = new MovieRun(Operation());
        run.Run(new SyntheticMotion(2, 1, 96, 96).Movie([.. Enumerable.Repeat((0.0, 0.0, 0.0), 6)], photons: 300));
        Assert.All(run.Numbers, numbers => Assert.InRange(numbers["displacement_mean"], 0, 0.1));
    }

    [Fact]
    public void Process_DimMovieWithoutMotion_LearnsThatItStandsStill()
    {
        var movie = new SyntheticMotion(2, 1, 64, 64).Movie([.. Enumerable.Repeat((0.0, 0.0, 0.0), 20)], photons: 30);
        var twice = new MovieRun(Operation());
        twice.Run(movie);
        Assert.All(twice.Numbers, numbers => Assert.InRange(numbers["displacement_mean"], 0, 0.05));

        // One pass has a noisy template, and knows nothing of the movie at first: noise is taken for motion.
        var once = new MovieRun(Operation(), ("passes", 1L));
        once.Run(movie);
        Assert.Contains(once.Numbers.Take(4), numbers => numbers["displacement_mean"] > 0.06);
    }

    [Theory]
    [InlineData(20, 96)]
    [InlineData(96, 31)]
    public void Process_FramesOfFewPixels_MoveRigidly(int height, int width)
    {
        var run = new MovieRun(Operation(), ("template", "first"), ("passes", 1L));
        run.Run(new SyntheticMotion(3, 1, height, width).Movie([(0, 0, 0), (0, 1.3, -2.2)], photons: 500));
        Assert.InRange(run.Numbers[1]["shift_y"], 1.1, 1.5);
        Assert.InRange(run.Numbers[1]["shift_x"], -2.4, -2.0);
        Assert.Equal(run.Numbers[1]["displacement_mean"], run.Numbers[1]["displacement_max"], 1e-3);
    }

    [Fact]
    public void Estimate_FieldOfGaussians_IsFoundAndLimited()
    {
        using var scope = NewDisposeScope();
        using var withoutGradients = no_grad();
        using var network = Network();
        var (template, frame) = Warped(128, 160);
        Tensor Found(double deviation)
        {
            using var estimator = new FlowEstimator(network, 128, 160, [0, 20, 20], deviation, CPU);
            estimator.SetTemplate(template);
            using var motion = estimator.Estimate(frame, null);
            return motion.Field!.clone();
        }

        var found = Found(16);
        var error = found.sub(Truth(128, 160)).square().sum(0L).sqrt().mean().item<float>();
        Assert.InRange(error, 0, 0.5 * Truth(128, 160).square().sum(0L).sqrt().mean().item<float>());
        var limited = Found(0.5);
        Assert.All(new[] { 0, 1 }, axis => Assert.InRange(limited[axis].max().item<float>() - limited[axis].min().item<float>(), 0.5, 1.001));
    }

    [Fact]
    public void Estimate_FrameOfSeveralTiles_GivesWhatTheWholeFrameGives()
    {
        using var scope = NewDisposeScope();
        using var withoutGradients = no_grad();
        using var network = Network();
        var (height, width) = (48, FlowTile.Longest + 240);
        var (template, frame) = Warped(height, width);
        using var estimator = new FlowEstimator(network, height, width, [0, 20, 20], 16, CPU);
        estimator.SetTemplate(template);
        using var motion = estimator.Estimate(frame, Displacement.Zero);
        var whole = network.call(stack([template[0], frame[0]], 0).unsqueeze(0)).squeeze(0);
        Assert.InRange(motion.Field!.sub(whole).abs().max().item<float>(), 0, 0.05);
        Assert.InRange(motion.Field.sub(whole).abs().mean().item<float>(), 0, 0.005);
        Assert.True(whole.abs().max().item<float>() > 1, "Nothing moves.");
    }

    [Fact]
    public void Process_SecondTemplate_ForgetsTheFirst()
    {
        using var scope = NewDisposeScope();
        using var withoutGradients = no_grad();
        using var network = Network();
        var (template, frame) = Warped(64, 64);
        using var estimator = new FlowEstimator(network, 64, 64, [0, 20, 20], 16, CPU);
        estimator.SetTemplate(template);
        estimator.SetTemplate(frame);
        using var motion = estimator.Estimate(frame, null);
        Assert.InRange(motion.Field!.abs().max().item<float>(), 0, 0.02);
    }

    private FlowOperation Operation() => (FlowOperation)FlowPackage.Write(_folder).Operation;

    private static FlowNetwork Network()
    {
        manual_seed(3);
        var network = new FlowNetwork(FlowOptions.Default);
        network.eval();
        return network;
    }

    // The template's content at p lies at p + Truth(p) in the frame: the template is the scene sampled along the field.
    private static (Tensor Template, Tensor Frame) Warped(int height, int width)
    {
        var frame = tensor(new SyntheticMotion(5, 1, height, width).Frame(0, 0, 0), [1, height, width]);
        return (FieldWarp.Sample(frame, Truth(height, width), Interpolation.Cubic), frame);
    }

    private static Tensor Truth(int height, int width)
    {
        float At(int row, int column, double amount) =>
            (float)(amount * Math.Exp(-(((row - (height / 2)) * (row - (height / 2))) + ((column - (width / 2)) * (column - (width / 2)))) / (2.0 * 30 * 30)));
        float[] Plane(double amount) => [.. Enumerable.Range(0, height * width).Select(i => At(i / width, i % width, amount))];
        return tensor([.. Plane(2.5), .. Plane(-1.5)], [2, height, width]);
    }
}
