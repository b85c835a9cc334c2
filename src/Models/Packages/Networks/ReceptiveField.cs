using static TorchSharp.torch;

namespace InferenceBridge.Models.Packages;

/// <summary>
/// Measures how far an output pixel of a network looks: whatever an input pixel that is not a number touches becomes none
/// either. Authors often state no halo or one that is too small, and tiles would then show in the result.
/// </summary>
internal static class ReceptiveField
{
    private const int Longest2D = 2048;
    private const int Longest3D = 512;

    /// <returns>Pixels along the axis to either side; null where every output depends on the whole axis, or on nothing that can be seen.</returns>
    public static int? Measure(PackageDescription description, IPackageNetwork network, AxisKind axis)
    {
        var (minimum, step) = description.Inputs[0].Axis(axis)!.Size is AxisSize.Stepped size ? (size.Minimum, size.Step) : (1, 1);
        var longest = description.Inputs[0].Has(AxisKind.Z) ? Longest3D : Longest2D;
        for (var steps = Math.Max(8, 128 / step); ; steps *= 2)
        {
            var length = minimum + (steps * step);
            if (Try(description, network, axis, length, step) is { } reach)
            {
                return reach;
            }

            if (length >= longest)
            {
                return null;
            }
        }
    }

    private static int? Try(PackageDescription description, IPackageNetwork network, AxisKind axis, int length, int step)
    {
        using var withoutGradients = no_grad();
        using var scope = NewDisposeScope();

        // All phases of the network's own grid, which pooling makes, are struck at once.
        var start = length / 2 / step * step;
        var inputs = description.Inputs.Select(input => Input(input, axis, length, start, step)).ToArray();
        var outputs = network.Forward(inputs);
        int? reach = null;
        foreach (var (output, tensor) in description.Outputs.Zip(outputs))
        {
            var dimension = Dimension(output, axis);
            if (dimension < 0 || tensor.shape.Length != output.Axes.Count || tensor.shape[dimension] != length)
            {
                return null;
            }

            var others = Enumerable.Range(0, tensor.shape.Length).Where(i => i != dimension).Select(i => (long)i).ToArray();
            var touched = tensor.isnan().to_type(ScalarType.Float32).sum(others).data<float>().ToArray();
            var (first, last) = (Array.FindIndex(touched, n => n > 0), Array.FindLastIndex(touched, n => n > 0));
            if (first <= 0 || last >= length - 1)
            {
                return null;
            }

            reach = Math.Max(reach ?? 0, Math.Max(start - first, last - (start + step - 1)));
        }

        return reach;
    }

    private static Tensor Input(TensorDescription input, AxisKind axis, int length, int start, int step)
    {
        var shape = input.Axes.Select(other => other.Kind == axis ? length : other.Kind == AxisKind.Batch ? 1L : Least(other.Size)).ToArray();
        var tensor = randn(shape);
        var dimension = Dimension(input, axis);
        if (dimension >= 0)
        {
            tensor.narrow(dimension, start, step).fill_(float.NaN);
        }

        return tensor;
    }

    private static int Dimension(TensorDescription tensor, AxisKind axis) => tensor.Axes.ToList().FindIndex(other => other.Kind == axis);

    private static long Least(AxisSize size) => size switch
    {
        AxisSize.Fixed one => one.Length,
        AxisSize.Stepped stepped => stepped.Minimum,
        _ => 1,
    };
}
