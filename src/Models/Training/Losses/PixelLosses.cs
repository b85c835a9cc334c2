using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>The mean squared difference; its best answer to noisy targets is their mean.</summary>
internal sealed class MeanSquaredLoss : ILoss
{
    public bool TakesSinglePixels => true;

    public Tensor Compute(Tensor output, Tensor target, Tensor? weight) => weight is null
        ? nn.functional.mse_loss(output, target)
        : Weighting.Mean((output - target).square(), weight);
}

/// <summary>The mean absolute difference; its best answer to noisy targets is their median.</summary>
internal sealed class AbsoluteLoss : ILoss
{
    public bool TakesSinglePixels => true;

    public Tensor Compute(Tensor output, Tensor target, Tensor? weight) => weight is null
        ? nn.functional.l1_loss(output, target)
        : Weighting.Mean((output - target).abs(), weight);
}
