using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>How far an output is from its target, as one number with gradients.</summary>
internal interface ILoss
{
    /// <summary>Whether single pixels suffice; else neighbouring pixels have to count as well.</summary>
    bool TakesSinglePixels { get; }

    /// <summary>The loss.</summary>
    /// <param name="output">(N, 1, Y, X).</param>
    /// <param name="target">Of the same shape.</param>
    /// <param name="weight">How much each pixel counts, 0 to 1, of the same shape; null where all count alike.</param>
    Tensor Compute(Tensor output, Tensor target, Tensor? weight);
}
