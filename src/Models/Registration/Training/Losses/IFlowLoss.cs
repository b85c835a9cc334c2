using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>How far displacements are from good ones, as one number with gradients.</summary>
internal interface IFlowLoss
{
    /// <summary>Whether the true displacements have to be known.</summary>
    bool NeedsTruth => false;

    /// <summary>The loss.</summary>
    Tensor Compute(FlowEstimate estimate);
}
