using static TorchSharp.torch;

namespace InferenceBridge.Models.Packages;

/// <summary>One value for all elements, or one for each index along an axis.</summary>
/// <param name="Values">The values.</param>
/// <param name="Axis">Axis that several values run along.</param>
internal sealed record AlongAxis(IReadOnlyList<double> Values, AxisKind Axis = AxisKind.Channel)
{
    public static AlongAxis Zero { get; } = new([0.0]);

    public bool IsZero => Values.All(value => value == 0);

    /// <summary>Shaped to be combined with a tensor along time, channel, z, y, x.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.ShapeMismatch"/>: the tensor has another number of elements along the axis.</exception>
    public Tensor ToTensor(Tensor like)
    {
        var shape = new long[] { 1, 1, 1, 1, 1 };
        if (Values.Count > 1)
        {
            if (like.shape[(int)Axis] != Values.Count)
            {
                throw new InferenceException(InferenceError.ShapeMismatch, "image",
                    $"A step of the package has {Values.Count} values along its axis {Axis}, where the image has {like.shape[(int)Axis]}; accepted: as many.");
            }

            shape[(int)Axis] = Values.Count;
        }

        return tensor(Values.Select(value => (float)value).ToArray(), shape, device: like.device);
    }
}
