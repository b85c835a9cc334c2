using System.Globalization;
using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Server.Tests.Support;

namespace InferenceBridge.Server.Tests.Services;

/// <summary>How far blocks are from the whole, as a job tells it.</summary>
public sealed class TilingDifferenceTests
{
    private const string Name = "tiling_difference_percent";

    [Theory]
    [InlineData(30, "none")]
    [InlineData(50, "nesterov")]
    [InlineData(50, "biggs-andrews")]
    public async Task Process_TubulesInBlocks_ReportsTheDifferenceFromTheWhole(int iterations, string acceleration)
    {
        var sample = Phantom.Create(new PhantomOptions { Depth = 32, Height = 96, Width = 96 }, TestContext.Current.CancellationToken);
        var messages = Deconvolve(sample.Noisy, sample.Psf, iterations, acceleration).ToArray();
        await using var large = await StartAsync(1L << 32);
        await using var small = await StartAsync(BytesFor(messages[0].Declaration, sample, 130_000));
        var (whole, tiled) = (await large.ProcessAsync(messages), await small.ProcessAsync(messages));

        Assert.True(tiled.Accepted.TilePlan.Tiles > 1);
        Assert.DoesNotContain(Name, whole.Summary.Details.Keys);
        var (expected, got) = (whole.Result().ToSingles(), tiled.Result().ToSingles());
        var truth = 100 * Math.Sqrt(expected.Zip(got, (w, t) => Math.Pow(w - t, 2)).Sum() / expected.Sum(w => (double)w * w));
        var told = double.Parse(tiled.Summary.Details[Name], CultureInfo.InvariantCulture);
        TestContext.Current.TestOutputHelper!.WriteLine($"{acceleration}, {iterations} iterations: told {told}%, really {truth:0.####}%, {tiled.Summary.Details["blocks"]}");

        // One seam stands for all: the order of magnitude is what it can tell.
        Assert.InRange(told, truth / 10, 20 * truth);
        Assert.Equal(told > 1, tiled.Summary.Warnings.Any(warning => warning.StartsWith("At a seam the blocks differ by", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Process_ProbeFivePerCentBrighter_TellsThatAndWarns()
    {
        var tiles = 0;
        var outcome = await RunCountedAsync(tile => ++tiles <= 2 ? tile.clone() : tile.mul(1.05f));

        Assert.Equal(2, outcome.Summary.Tiles);
        Assert.Equal(3, tiles);

        // 0.05 / 1.05.
        Assert.Equal("4.7619", outcome.Summary.Details[Name]);
        Assert.Equal("2 of at most 4×4×5 (z×y×x) with a halo of 0×0×0", outcome.Summary.Details["blocks"]);
        Assert.StartsWith("At a seam the blocks differ by 4.76%", Assert.Single(outcome.Summary.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_BlocksThatDoNotDiffer_TellsZero()
    {
        var outcome = await RunCountedAsync(tile => tile.clone());

        Assert.Equal("0", outcome.Summary.Details[Name]);
        Assert.Empty(outcome.Summary.Warnings);
    }

    private static async Task<Outcome> RunCountedAsync(Func<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor> compute)
    {
        // 80 of the 160 voxels fit at a time.
        var operation = new TestOperation("test/blocks")
        {
            Needs = new TensorJobPlan { PrefersWholeStack = true, DeviceBytesPerVoxel = 1 << 20 }, Compute = (tile, _) => compute(tile),
        };
        await using var server = await TestServer.StartAsync(Options(80L << 20), [operation]);
        return await server.ProcessAsync(Requests.Run("test/blocks", Requests.Ramp(new VolumeShape(8, 4, 5))));
    }

    private static long BytesFor(Proto.Declaration declaration, PhantomSample sample, long voxels)
    {
        var operation = (ITensorOperation)BuiltInOperations.All.Single(operation => operation.Declaration.Id == declaration.Operation);
        var parameters = ParameterSet.Create(operation.Declaration.Parameters,
            new Dictionary<string, object> { ["acceleration"] = declaration.Parameters["acceleration"].Choice });
        var needs = operation.Plan(new TensorJobRequest(parameters, sample.Noisy.Info, new Dictionary<string, VolumeInfo> { ["psf"] = sample.Psf.Info }));
        return needs.DeviceBytesFixed + (long)(needs.DeviceBytesPerVoxel * voxels);
    }

    private static IEnumerable<Proto.ProcessRequest> Deconvolve(MemoryVolume image, MemoryVolume psf, int iterations, string acceleration)
    {
        var declaration = Requests.Declare("deconvolve/richardson-lucy", Requests.Describe(image.Info.Shape, image.Info.PixelType));
        declaration.Inputs.Add(new Proto.InputDeclaration { Name = "psf", Volume = Requests.Describe(psf.Info.Shape, psf.Info.PixelType) });
        declaration.Parameters["iterations"] = new Proto.ParameterValue { Integer = iterations };
        declaration.Parameters["acceleration"] = new Proto.ParameterValue { Choice = acceleration };
        declaration.Parameters["background"] = new Proto.ParameterValue { Number = 106 };
        declaration.OutputPixelType = Proto.PixelType.Float32;
        return [Requests.Message(declaration), .. Requests.Chunks(psf, "psf"), .. Requests.Chunks(image)];
    }

    private static InferenceServerOptions Options(long budget) => new() { Urls = "http://127.0.0.1:0", Device = "cpu", MemoryBudgetBytes = budget };

    private static Task<TestServer> StartAsync(long budget) => TestServer.StartAsync(Options(budget));
}
