using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>
/// The mean absolute difference of gradients: forward differences along y, and those along x, each averaged, summed. A difference
/// counts as much as the product of its two pixels' weights.
/// </summary>
internal sealed class GradientLoss : ILoss
{
    public bool TakesSinglePixels => false;

    public Tensor Compute(Tensor output, Tensor target, Tensor? weight)
    {
        var error = output - target;
        return Along(error, weight, 2) + Along(error, weight, 3);
    }

    private static Tensor Along(Tensor error, Tensor? weight, int axis)
    {
        var size = error.shape[axis] - 1;
        var difference = error.narrow(axis, 1, size) - error.narrow(axis, 0, size);
        return Weighting.Mean(difference.abs(), weight is null ? null : weight.narrow(axis, 1, size) * weight.narrow(axis, 0, size));
    }
}
