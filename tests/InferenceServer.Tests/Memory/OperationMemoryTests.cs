using System.Globalization;
using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Server.Jobs;
using InferenceBridge.Server.Tests.Support;
using TorchSharp;

namespace InferenceBridge.Server.Tests.Memory;

/// <summary>Each operation's prediction against what the process really takes for one tile on the CPU.</summary>
[Collection(nameof(AloneCollection))]
public sealed class OperationMemoryTests
{
    // A prediction is never below the truth, and at most this many times as much: plans count for a card, which takes a tile
    // whole, where the CPU's cores work on a few small pieces of it at a time.
    private const double Looseness = 4;

    [Theory]
    [InlineData("denoise/gaussian", "sigma_xy=2", 24, 512, 512)]
    [InlineData("denoise/gaussian", "sigma_xy=2;sigma_z=1", 24, 512, 512)]
    [InlineData("denoise/gaussian", "sigma_xy=8;sigma_z=4", 16, 96, 4096)]
    [InlineData("denoise/median", "", 24, 512, 512)]
    [InlineData("denoise/median", "radius_z=1;radius_xy=2", 24, 512, 512)]
    [InlineData("denoise/nlm", "sigma=3", 24, 512, 512)]
    [InlineData("denoise/nlm", "sigma=3;dimensions=3d;patch_distance=2", 24, 256, 256)]
    [InlineData("denoise/nlm", "sigma=3;weights=gaussian;anscombe=true;patch_distance=3", 24, 512, 512)]
    [InlineData("deconvolve/richardson-lucy", "iterations=2", 32, 320, 320)]
    [InlineData("deconvolve/richardson-lucy", "iterations=2;edges=periodic", 32, 320, 320)]
    [InlineData("deconvolve/richardson-lucy", "iterations=2;start=mean", 10, 640, 640)]
    [InlineData("deconvolve/richardson-lucy", "iterations=3;acceleration=biggs-andrews", 32, 320, 320)]
    [InlineData("deconvolve/richardson-lucy", "iterations=2;regularisation=total-variation", 32, 320, 320)]
    [InlineData("deconvolve/wiener", "noise_to_signal=0.01", 32, 320, 320)]
    [InlineData("deconvolve/tikhonov", "", 32, 320, 320)]
    public void Plan_OneTile_PredictsWhatItTakes(string id, string parameters, int depth, int height, int width)
    {
        var operation = (ITensorOperation)BuiltInOperations.All.Single(operation => operation.Declaration.Id == id);
        var shape = new VolumeShape(depth, height, width);
        var psf = MemoryVolume.FromSingles(Enumerable.Repeat(1f, 9 * 17 * 17).ToArray(), new VolumeShape(9, 17, 17));
        var hasPsf = operation.Declaration.Inputs.Count > 1;
        var request = new TensorJobRequest(Parse(operation, parameters), new VolumeInfo(shape, PixelType.Float32),
            hasPsf ? new Dictionary<string, VolumeInfo> { ["psf"] = psf.Info } : []);
        var plan = operation.Plan(request);
        var context = new TensorJobContext(request, hasPsf ? new Dictionary<string, MemoryVolume> { ["psf"] = psf } : [],
            new IntensityStatistics(0, 100, 50, 30, 3), torch.CPU);
        var predicted = plan.DeviceBytesFixed + (plan.DeviceBytesPerVoxel * shape.ElementCount) + MemoryModel.AllocatorBytes;
        Run(operation, context, new VolumeShape(9, 20, 20));

        var taken = ProcessMemory.PeakOf(() => Run(operation, context, shape));
        var report = $"{id} {parameters} on {shape}: predicted {predicted / 1e6:F1} MB, took {taken / 1e6:F1} MB";
        TestContext.Current.TestOutputHelper!.WriteLine(report);
        Assert.True(taken <= predicted, report);
        Assert.True(predicted <= Looseness * taken, report);
    }

    private static void Run(ITensorOperation operation, TensorJobContext context, VolumeShape shape)
    {
        using var scope = torch.NewDisposeScope();
        using var tile = torch.rand([shape.Depth, shape.Height, shape.Width]);
        using var job = operation.Start(context);
        using var result = job.Process(tile, TestContext.Current.CancellationToken);
        Assert.Equal(tile.shape, result.shape);
    }

    private static ParameterSet Parse(ITensorOperation operation, string text) => ParameterSet.Create(operation.Declaration.Parameters,
        text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(
            pair => pair[0],
            pair => Value(operation.Declaration.Parameters.Single(parameter => parameter.Name == pair[0]), pair[1])));

    private static object Value(ParameterDeclaration parameter, string text) => parameter switch
    {
        BooleanParameter => bool.Parse(text),
        IntegerParameter => long.Parse(text, CultureInfo.InvariantCulture),
        NumberParameter => double.Parse(text, CultureInfo.InvariantCulture),
        _ => text,
    };
}
