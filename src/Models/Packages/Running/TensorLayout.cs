using InferenceBridge.Imaging;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Packages;

/// <summary>
/// Brings tensors along time, channel, z, y, x into the axes of a package and back. Axes that the package does not know are
/// gone through one by one: its network gets planes, or frames, each on its own.
/// </summary>
internal static class TensorLayout
{
    public static IReadOnlyList<AxisKind> All { get; } = [AxisKind.Time, AxisKind.Channel, AxisKind.Z, AxisKind.Y, AxisKind.X];

    /// <summary>Axes of a volume that a tensor has not.</summary>
    public static IReadOnlyList<AxisKind> Missing(TensorDescription tensor) => [.. All.Where(kind => !tensor.Has(kind))];

    /// <summary>Samples by number of sample, then along the package's axes without the batch.</summary>
    public static Tensor ToSamples(Tensor volume, TensorDescription tensor)
    {
        var missing = Missing(tensor);
        var kept = tensor.Axes.Where(axis => axis.Kind != AxisKind.Batch).Select(axis => axis.Kind).ToArray();
        var ordered = volume.permute([.. missing.Concat(kept).Select(kind => (long)(int)kind)]);
        return ordered.reshape([-1, .. ordered.shape.Skip(missing.Count)]);
    }

    /// <summary>What the network gets for some samples: with an axis for them where the package has one.</summary>
    public static Tensor ToInput(Tensor samples, TensorDescription tensor)
    {
        var batch = BatchDimension(tensor);
        return (batch < 0 ? samples.squeeze(0) : samples.movedim([0], [batch])).contiguous();
    }

    /// <summary>Samples from what the network gave.</summary>
    public static Tensor FromOutput(Tensor output, TensorDescription tensor)
    {
        var batch = BatchDimension(tensor);
        return batch < 0 ? output.unsqueeze(0) : output.movedim([batch], [0]);
    }

    /// <summary>A volume from samples.</summary>
    /// <param name="samples">As <see cref="ToSamples"/> gives them.</param>
    /// <param name="tensor">The output that they are of.</param>
    /// <param name="input">The input that was cut into samples.</param>
    /// <param name="sizes">Sizes of that input along time, channel, z, y, x.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.ShapeMismatch"/>: an axis that was gone through has become longer than 1.</exception>
    public static Tensor ToVolume(Tensor samples, TensorDescription tensor, TensorDescription input, long[] sizes)
    {
        var missing = Missing(input);
        var axes = tensor.Axes.Where(axis => axis.Kind != AxisKind.Batch).Select(axis => axis.Kind).ToList();
        var values = samples.reshape([.. missing.Select(kind => sizes[(int)kind]), .. samples.shape.Skip(1)]);
        for (var i = axes.Count - 1; i >= 0; i--)
        {
            if (!missing.Contains(axes[i]))
            {
                continue;
            }

            if (values.shape[missing.Count + i] != 1)
            {
                throw new InferenceException(InferenceError.ShapeMismatch, tensor.Path,
                    $"{tensor.Path} has {values.shape[missing.Count + i]} along {axes[i]}, which its input has not; accepted: 1.");
            }

            values = values.squeeze(missing.Count + i);
            axes.RemoveAt(i);
        }

        List<AxisKind> order = [.. missing, .. axes];
        foreach (var kind in All.Where(kind => !order.Contains(kind)))
        {
            values = values.unsqueeze(values.shape.Length);
            order.Add(kind);
        }

        return values.permute([.. All.Select(kind => (long)order.IndexOf(kind))]);
    }

    public static long[] Sizes(VolumeShape shape) => [shape.Frames, shape.Channels, shape.Depth, shape.Height, shape.Width];

    /// <summary>Which of a tensor's axes its samples lie along; -1 for none.</summary>
    public static int BatchDimension(TensorDescription tensor) => tensor.Axes.ToList().FindIndex(axis => axis.Kind == AxisKind.Batch);
}
