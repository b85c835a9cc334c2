using System.Diagnostics;
using System.Globalization;
using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Server.Jobs;
using InferenceBridge.Server.Tests.Support;
using TorchSharp;

namespace InferenceBridge.Server.Tests.Memory;

/// <summary>
/// Each operation's prediction against what a process really takes for one tile on the CPU. The process is a fresh one: in one
/// that has run other tests, what they freed hides what an operation takes.
/// </summary>
public sealed class OperationMemoryTests
{
    private const string Alone = "INFERENCEBRIDGE_TEST_ALONE";

    // A prediction is never below the truth, and at most this many times as much: plans count for a card, which takes a tile
    // whole, where the CPU's cores work on a few small pieces of it at a time.
    private const double Looseness = 4;

    private static readonly (string Id, string Parameters, VolumeShape Shape)[] Cases =
    [
        ("denoise/gaussian", "sigma_xy=2", new VolumeShape(24, 512, 512)),
        ("denoise/gaussian", "sigma_xy=2;sigma_z=1", new VolumeShape(24, 512, 512)),
        ("denoise/gaussian", "sigma_xy=8;sigma_z=4", new VolumeShape(16, 96, 4096)),
        ("denoise/median", "", new VolumeShape(24, 512, 512)),
        ("denoise/median", "radius_z=1;radius_xy=2", new VolumeShape(12, 512, 512)),
        ("denoise/nlm", "sigma=3", new VolumeShape(24, 512, 512)),
        ("denoise/nlm", "sigma=3;dimensions=3d;patch_distance=2", new VolumeShape(24, 256, 256)),
        ("denoise/nlm", "sigma=3;weights=gaussian;anscombe=true;patch_distance=3", new VolumeShape(12, 512, 512)),
        ("deconvolve/richardson-lucy", "iterations=2", new VolumeShape(32, 320, 320)),
        ("deconvolve/richardson-lucy", "iterations=2;edges=periodic", new VolumeShape(32, 320, 320)),
        ("deconvolve/richardson-lucy", "iterations=2;acceleration=nesterov", new VolumeShape(32, 320, 320)),
        ("deconvolve/richardson-lucy", "iterations=2;start=mean", new VolumeShape(10, 640, 640)),
        ("deconvolve/richardson-lucy", "iterations=3;acceleration=biggs-andrews", new VolumeShape(32, 320, 320)),
        ("deconvolve/richardson-lucy", "iterations=2;regularisation=total-variation", new VolumeShape(32, 320, 320)),
        ("deconvolve/wiener", "noise_to_signal=0.01", new VolumeShape(32, 320, 320)),
        ("deconvolve/tikhonov", "", new VolumeShape(32, 320, 320)),
    ];

    [Fact]
    public async Task Plan_OneTile_PredictsWhatItTakes()
    {
        if (Environment.GetEnvironmentVariable(Alone) is null)
        {
            await RunAloneAsync();
            return;
        }

        // What runs a package takes what that takes.
        Assert.Equal(BuiltInOperations.All.OfType<ITensorOperation>().Where(operation => operation is not IPackageUser).Select(operation => operation.Declaration.Id).Order(),
            Cases.Select(test => test.Id).Distinct().Order());
        Assert.All(Cases, test =>
        {
            var (predicted, taken) = Measure(test.Id, test.Parameters, test.Shape);
            var report = $"{test.Id} {test.Parameters} on {test.Shape}: predicted {predicted / 1e6:F1} MB, took {taken / 1e6:F1} MB";
            Console.WriteLine(report);
            Assert.True(taken <= predicted, report);

            // What the C library may keep is the same for every tile, however small.
            Assert.True(predicted - MemoryModel.AllocatorBytes <= Looseness * taken, report);
        });
    }

    private static async Task RunAloneAsync()
    {
        Assert.SkipUnless(ProcessMemory.TryReset("self"), "The peak of a process' memory cannot be reset here.");
        var start = new ProcessStartInfo("dotnet",
            [typeof(OperationMemoryTests).Assembly.Location, "-method", $"{typeof(OperationMemoryTests).FullName}.{nameof(Plan_OneTile_PredictsWhatItTakes)}"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment[Alone] = "1";
        using var process = Process.Start(start)!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            TestContext.Current.TestOutputHelper!.WriteLine(output);
            Assert.True(process.ExitCode == 0 && output.Contains("took", StringComparison.Ordinal), output);
        }
        finally
        {
            process.Kill();
        }
    }

    private static (double Predicted, long Taken) Measure(string id, string parameters, VolumeShape shape)
    {
        var operation = (ITensorOperation)BuiltInOperations.All.Single(operation => operation.Declaration.Id == id);
        var psf = MemoryVolume.FromSingles(Enumerable.Repeat(1f, 9 * 17 * 17).ToArray(), new VolumeShape(9, 17, 17));
        var hasPsf = operation.Declaration.Inputs.Count > 1;
        var request = new TensorJobRequest(Parse(operation, parameters), new VolumeInfo(shape, PixelType.Float32),
            hasPsf ? new Dictionary<string, VolumeInfo> { ["psf"] = psf.Info } : []);
        var plan = operation.Plan(request);
        var context = new TensorJobContext(request, hasPsf ? new Dictionary<string, MemoryVolume> { ["psf"] = psf } : [],
            new IntensityStatistics(0, 100, 50, 30, 3), torch.CPU);

        // The code is loaded and compiled.
        Run(operation, context, new VolumeShape(9, 20, 20));
        var taken = ProcessMemory.PeakOf(() => Run(operation, context, shape));
        return (plan.DeviceBytesFixed + (plan.DeviceBytesPerVoxel * shape.ElementCount) + MemoryModel.AllocatorBytes, taken);
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
