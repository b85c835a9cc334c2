using InferenceBridge.Imaging;
using InferenceBridge.Models.Packages;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Tests.Packages;

/// <summary>Runs a package on a volume as the server does.</summary>
internal static class PackageRun
{
    /// <param name="package">The package.</param>
    /// <param name="volume">The image.</param>
    /// <param name="tile">Voxels of a tile with its halo at most; of all for none.</param>
    /// <param name="deviceBytes">Memory of the device, which decides on the network's own blocks.</param>
    /// <param name="auxiliaries">Further inputs.</param>
    /// <param name="parameters">Values that are not the defaults.</param>
    public static float[] Of(
        ModelPackage package, MemoryVolume volume, long tile = long.MaxValue, long deviceBytes = 4L << 30,
        IReadOnlyDictionary<string, object>? parameters = null, params (string Name, MemoryVolume Volume)[] auxiliaries)
    {
        var others = auxiliaries.ToDictionary(a => a.Name, a => a.Volume);
        var request = new TensorJobRequest(ParameterSet.Create(package.Operation.Declaration.Parameters, parameters ?? new Dictionary<string, object>()),
            volume.Info, others.ToDictionary(a => a.Key, a => a.Value.Info)) { DeviceBytes = deviceBytes };
        if (package.Operation is IVolumeOperation whole)
        {
            var made = whole.Plan(request);
            var result = whole.Run(request, volume, others, TestContext.Current.CancellationToken).Volume;
            Assert.Equal(made.Shape, result.Info.Shape);
            return result.ToSingles();
        }

        return Tiled((ITensorOperation)package.Operation, request, volume, tile, others).Values;
    }

    /// <summary>Runs an operation that has a first pass, as the server does.</summary>
    public static (float[] Values, IReadOnlyList<string> Warnings, IReadOnlyDictionary<string, string> Details) Tiled(
        ITensorOperation operation, TensorJobRequest request, MemoryVolume volume, long tile = long.MaxValue, IReadOnlyDictionary<string, MemoryVolume>? others = null)
    {
        var (plan, shape, values) = (operation.Plan(request), volume.Info.Shape, volume.ToSingles());
        var pixels = (int)shape.PlaneElementCount;
        for (var readings = 0; plan.FirstPass is { NeedsReading: true } pass; readings++)
        {
            Assert.InRange(readings, 0, 3);
            for (var plane = 0; plane < shape.PlaneCount; plane++)
            {
                pass.Add(shape.PlaneAt(plane).C, values.AsSpan(plane * pixels, pixels));
            }

            pass.EndReading();
        }

        var tiles = TilePlan.Create(shape, plan.Halo, tile);
        Assert.Equal(tile == long.MaxValue, tiles.TileCount == shape.StackCount);
        using var scope = NewDisposeScope();
        using var job = operation.Start(new TensorJobContext(request, others ?? new Dictionary<string, MemoryVolume>(), null, CPU) { FirstPass = plan.FirstPass });
        var image = tensor(values, [shape.StackCount, shape.Depth, shape.Height, shape.Width]);
        var all = full_like(image, float.NaN);
        for (var stack = 0; stack < shape.StackCount; stack++)
        {
            foreach (var piece in Enumerable.Range(0, tiles.SlabCount).SelectMany(tiles.Tiles))
            {
                var made = job.Process(Cut(image.select(0, stack), piece.Input).contiguous(), new TileContext(stack % shape.Channels, default) { Place = piece });
                var (core, input) = (piece.Core, piece.Input);
                Cut(all.select(0, stack), core).copy_(Cut(made, core with { Z = core.Z - input.Z, Y = core.Y - input.Y, X = core.X - input.X }));
            }
        }

        return (all.data<float>().ToArray(), job.Warnings, job.Details);
    }

    public static MemoryVolume Image(int frames, int channels, int depth, int height, int width)
    {
        var planes = frames * channels * depth;
        var values = Enumerable.Range(0, planes).SelectMany(plane => Sample.Image(1, height, width).Cast<double>().Select((v, i) => (float)(v + (plane * 3) + (i * (plane + 1) % 7)))).ToArray();
        return MemoryVolume.FromSingles(values, new VolumeShape(frames, channels, depth, height, width));
    }

    public static void Near(float[] expected, float[] actual, double partOfRange = 1e-4)
    {
        Assert.Equal(expected.Length, actual.Length);
        var range = expected.Max() - expected.Min();
        Assert.InRange(expected.Zip(actual, (a, b) => Math.Abs((double)a - b)).Max(), 0, partOfRange * range);
    }

    private static Tensor Cut(Tensor volume, Box box) => volume.narrow(0, box.Z, box.Depth).narrow(1, box.Y, box.Height).narrow(2, box.X, box.Width);
}
