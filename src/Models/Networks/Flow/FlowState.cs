using static TorchSharp.torch;

namespace InferenceBridge.Models.Networks;

/// <summary>What levels hand on, from coarse to fine, all on the grid of cells.</summary>
/// <param name="Field">The field so far, (N, 2, rows, columns), in px: along y, then along x.</param>
/// <param name="Solved">The field before the level's refiner.</param>
/// <param name="Carried">Features for the next refiner, (N, C, rows, columns).</param>
/// <param name="Modes">The field's description by the prior, (N, 2, numbers), in float64.</param>
internal sealed record FlowState(Tensor Field, Tensor Solved, Tensor Carried, Tensor Modes);
