using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>
/// The mean bending energy of the finest displacements: the squares of their second differences along y, along x and, twice, along both (Rueckert et
/// al., IEEE Trans. Med. Imaging 18, 712 (1999)). Shifts, rotations and magnifications cost nothing.
/// </summary>
internal sealed class SmoothnessLoss : IFlowLoss
{
    public Tensor Compute(FlowEstimate estimate)
    {
        var flow = estimate.Flow;
        var (alongY, alongX) = (Difference(flow, 2), Difference(flow, 3));
        return Energy(Difference(alongY, 2)).add(Energy(Difference(alongX, 3))).add(Energy(Difference(alongY, 3)).mul(2));
    }

    // The sum over both directions, the mean over pixels.
    private static Tensor Energy(Tensor values) => values.square().mean().mul(values.shape[1]);

    private static Tensor Difference(Tensor values, int axis)
    {
        var size = values.shape[axis] - 1;
        return values.narrow(axis, 1, size).sub(values.narrow(axis, 0, size));
    }
}
