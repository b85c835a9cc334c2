using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Packages;

/// <summary>
/// Finds out whether a network may be given several samples at once. Published ones are written for one sample: some refuse more, and
/// some take a mean over all of them, so that one image would show in another's result.
/// </summary>
internal static class BatchProbe
{
    // Larger samples keep a device busy one by one.
    private const long MostElements = 1 << 18;
    private const double Tolerance = 1e-5;

    public static bool CanBatch(PackageDescription description, IPackageNetwork network)
    {
        if (description.Inputs.Count != 1 || description.Outputs.Count != 1)
        {
            return false;
        }

        var (input, output) = (description.Inputs[0], description.Outputs[0]);
        long[] shape = [.. input.Axes.Select(axis => axis.Size switch
        {
            _ when axis.Kind == AxisKind.Batch => 1,
            AxisSize.Fixed one => one.Length,
            AxisSize.Stepped stepped => stepped.Minimum,
            _ => 1L,
        })];
        return IsFree(input) && IsFree(output) && shape.Aggregate(1L, (n, size) => n * size) <= MostElements
            && IsIndependent(network, shape, TensorLayout.BatchDimension(input), TensorLayout.BatchDimension(output));
    }

    private static bool IsFree(TensorDescription tensor) => tensor.Axis(AxisKind.Batch) is { Size: not AxisSize.Fixed };

    // What is not a number in one sample must not come out of the other.
    private static bool IsIndependent(IPackageNetwork network, long[] shape, int batch, int outputBatch)
    {
        using var withoutGradients = no_grad();
        using var scope = NewDisposeScope();
        try
        {
            var sample = randn(shape);
            var alone = network.Forward([sample]);
            var both = network.Forward([cat([sample, full_like(sample, float.NaN)], batch)]);
            return alone.Count == 1 && both.Count == 1 && both[0].shape.Length > outputBatch && both[0].shape[outputBatch] == 2
                && IsSame(both[0].narrow(outputBatch, 0, 1), alone[0]);
        }
        catch (ExternalException)
        {
            return false;
        }
    }

    private static bool IsSame(Tensor one, Tensor other) => one.shape.SequenceEqual(other.shape)
        && one.sub(other).abs().max().item<float>() <= Tolerance * (1 + other.abs().max().item<float>());
}
