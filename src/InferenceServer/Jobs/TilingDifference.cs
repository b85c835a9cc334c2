using InferenceBridge.Imaging;
using static TorchSharp.torch;

namespace InferenceBridge.Server.Jobs;

/// <summary>
/// Measures on a job's own data how far blocks are from the whole: around a seam, the blocks' results are compared with that of a block
/// for which there is no seam.
/// </summary>
internal sealed class TilingDifference : IDisposable
{
    // What is dark beside the rest of the stack must not blow up the difference.
    private const double LeastLevel = 0.1;

    private readonly VolumeInfo _image;
    private readonly Tile _probe;
    private readonly Tensor _input;
    private readonly Tensor _blocks;
    private double _squares;

    private TilingDifference(VolumeInfo image, Tile probe)
    {
        (_image, _probe) = (image, probe);
        _input = Empty(probe.Input);
        _blocks = Empty(probe.Core);
    }

    /// <summary>Begins with a stack.</summary>
    /// <returns>Null where stacks are whole.</returns>
    public static TilingDifference? Of(VolumeInfo image, TilePlan plan) => SeamProbe.Of(plan) is { } probe ? new TilingDifference(image, probe) : null;

    /// <summary>Keeps what it will need of a slab that was computed and whose planes are still there.</summary>
    /// <param name="source">The planes.</param>
    /// <param name="firstPlane">First plane of the stack.</param>
    /// <param name="slab">Whole planes of the stack.</param>
    /// <param name="result">Its result.</param>
    public void Keep(IPlaneSource source, long firstPlane, Box slab, Tensor result)
    {
        _squares += Math.Pow(result.norm().item<float>(), 2);
        if (Overlap(slab, _probe.Input) is var (z, depth) && depth > 0)
        {
            using var loaded = TileLoader.Load(source, _image, firstPlane, _probe.Input with { Z = z, Depth = depth });
            using var place = _input.narrow(0, z - _probe.Input.Z, depth);
            place.copy_(loaded);
        }

        if (Overlap(slab, _probe.Core) is var (from, planes) && planes > 0)
        {
            using var scope = NewDisposeScope();
            var core = _probe.Core;
            _blocks.narrow(0, from - core.Z, planes).copy_(
                result.narrow(0, from - slab.Z, planes).narrow(1, core.Y, core.Height).narrow(2, core.X, core.Width));
        }
    }

    /// <summary>Compares, at the end of a stack.</summary>
    /// <returns>Root of the mean squared difference over the root of the mean square; null where the device did not get through.</returns>
    public async Task<double?> MeasureAsync(TileRunner runner, int channel, CancellationToken cancellation)
    {
        using var whole = await runner.ProbeAsync(_input, _probe, channel, cancellation).ConfigureAwait(false);
        if (whole is null)
        {
            return null;
        }

        var (difference, local) = (Mean(whole.sub(_blocks)), Mean(whole));
        var level = Math.Max(local, LeastLevel * Math.Sqrt(_squares / _image.Shape.StackElementCount));
        return difference == 0 ? 0 : difference / Math.Max(level, double.Epsilon);
    }

    public void Dispose()
    {
        _input.Dispose();
        _blocks.Dispose();
    }

    private static double Mean(Tensor values)
    {
        using var scope = NewDisposeScope();
        return Math.Sqrt(values.square().mean([0, 1, 2], type: ScalarType.Float64).item<double>());
    }

    private static (int Z, int Depth) Overlap(Box slab, Box box)
    {
        var z = Math.Max(slab.Z, box.Z);
        return (z, Math.Min(slab.EndZ, box.EndZ) - z);
    }

    private static Tensor Empty(Box box) => empty([box.Depth, box.Height, box.Width], ScalarType.Float32);
}
