using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>Means in which pixels count differently.</summary>
internal static class Weighting
{
    /// <summary>Σ weight × error / Σ weight; 0 where no pixel counts.</summary>
    public static Tensor Mean(Tensor errors, Tensor? weight) =>
        weight is null ? errors.mean() : errors.mul(weight).sum() / weight.sum().clamp_min(1e-6);
}
