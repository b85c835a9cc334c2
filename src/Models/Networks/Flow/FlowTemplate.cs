using static TorchSharp.torch;

namespace InferenceBridge.Models.Networks;

/// <summary>What a level knows of the template before any frame comes.</summary>
/// <param name="Features">(N, C, y, x).</param>
/// <param name="WeightedY">Their gradients along y, times how much each pixel counts; likewise x.</param>
/// <param name="WeightedX">See there.</param>
/// <param name="Yy">Products of gradients, so weighted, summed over cells: along y and y.</param>
/// <param name="Yx">Along y and x.</param>
/// <param name="Xx">Along x and x.</param>
internal sealed record FlowTemplate(Tensor Features, Tensor WeightedY, Tensor WeightedX, Tensor Yy, Tensor Yx, Tensor Xx)
{
    /// <summary>All tensors.</summary>
    public IEnumerable<Tensor> Tensors => [Features, WeightedY, WeightedX, Yy, Yx, Xx];
}
