using static TorchSharp.torch;

namespace InferenceBridge.Models.Networks;

/// <summary>What a level found, at the image's resolution, (N, 2, Y, X) in px: along y, then along x.</summary>
/// <param name="Solved">Before its refiner.</param>
/// <param name="Refined">Behind it.</param>
internal sealed record FlowFields(Tensor Solved, Tensor Refined);
