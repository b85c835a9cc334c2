using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// Factors by which an iteration's result is multiplied for the sake of smoothness, as in N. Dey and others, Microscopy Research and
/// Technique 69 (2006): 1 / (1 − λ div(∇u / |∇u|)) for total variation, 1 / (1 − λ div(∇u) / s) for Tikhonov's squared gradient, s being
/// the image's mean light, so that λ has no unit. Gradients are differences of neighbours on the periodic grid, in voxels.
/// </summary>
internal static class Penalty
{
    // Keeps an iteration from turning an estimate over, whatever the weight.
    private const double Smallest = 0.1;
    private const double Largest = 10;

    // Against division by zero where the estimate is flat, as a part of the mean light.
    private const double Flat = 1e-4;

    /// <summary>Writes the factors for all planes of an estimate.</summary>
    /// <param name="kind">Not <see cref="Regularisation.None"/>.</param>
    /// <param name="weight">λ.</param>
    /// <param name="light">s, above 0.</param>
    /// <param name="estimate">float32, (z, y, x), the whole grid; only read.</param>
    /// <param name="planes">Pieces that are worked on at a time.</param>
    /// <param name="factors">float32, of the estimate's shape.</param>
    /// <param name="cancellation">Stops between pieces.</param>
    public static void Write(Regularisation kind, double weight, double light, Tensor estimate, Piece[] planes, Tensor factors, CancellationToken cancellation) =>
        CpuWorkers.For(estimate.device, planes.Length, i =>
        {
            // One plane more on each side: differences look ahead, their divergence looks back.
            var (piece, depth) = (planes[i], estimate.shape[0]);
            var seen = Around(estimate, piece, depth);
            Tensor[] gradient = [.. Enumerable.Range(0, 3).Select(axis => seen.roll([-1], [axis]).sub_(seen))];
            if (kind == Regularisation.TotalVariation)
            {
                var length = gradient[0].square().add_(gradient[1].square()).add_(gradient[2].square()).add_(Flat * Flat * light * light).sqrt_();
                gradient = [.. gradient.Select(along => along.div_(length))];
            }

            var divergence = gradient[0].sub(gradient[0].roll([1], [0]));
            divergence.add_(gradient[1]).sub_(gradient[1].roll([1], [1])).add_(gradient[2]).sub_(gradient[2].roll([1], [2]));
            var scaled = divergence.narrow(0, 1, piece.Length).mul_(kind == Regularisation.TotalVariation ? -weight : -weight / light);
            factors.narrow(0, piece.Start, piece.Length).copy_(scaled.add_(1).clamp_(Smallest, Largest).reciprocal_());
        }, cancellation);

    private static Tensor Around(Tensor estimate, Piece piece, long depth)
    {
        var before = estimate.narrow(0, (piece.Start + depth - 1) % depth, 1);
        var after = estimate.narrow(0, (piece.Start + piece.Length) % depth, 1);
        return cat([before, estimate.narrow(0, piece.Start, piece.Length), after], 0);
    }
}
