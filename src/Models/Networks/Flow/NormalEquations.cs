using static TorchSharp.torch;

namespace InferenceBridge.Models.Networks;

/// <summary>Gauss and Newton's equations for the displacement of each cell: a symmetric matrix of 2×2 and a right side.</summary>
/// <param name="Yy">(N, rows, columns); likewise the others.</param>
/// <param name="Yx">See there.</param>
/// <param name="Xx">See there.</param>
/// <param name="Right">(N, 2, rows, columns).</param>
internal sealed record NormalEquations(Tensor Yy, Tensor Yx, Tensor Xx, Tensor Right)
{
    private const double Least = 1e-12;

    /// <summary>
    /// The same in float64: where little is seen, a wide prior makes the system so nearly singular that rounding in float32 would move fields by
    /// hundredths of a pixel.
    /// </summary>
    public NormalEquations ToDouble() => new(
        Yy.to_type(ScalarType.Float64), Yx.to_type(ScalarType.Float64), Xx.to_type(ScalarType.Float64), Right.to_type(ScalarType.Float64));

    /// <summary>The matrices times a field.</summary>
    /// <param name="field">(N, 2, rows, columns).</param>
    public Tensor Times(Tensor field)
    {
        using var scope = NewDisposeScope();
        var (y, x) = (field.select(1, 0), field.select(1, 1));
        return stack([Yy.mul(y).add(Yx.mul(x)), Yx.mul(y).add(Xx.mul(x))], 1).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Solves them together with the prior by conjugate gradients, preconditioned by the diagonal: the z that makes |z|² + the weighted squares of what
    /// remains least. A fixed number of rounds, so that the solution has gradients.
    /// </summary>
    /// <param name="prior">What fields are like.</param>
    /// <param name="around">The field at which the equations were made.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="rounds">Rounds.</param>
    public Tensor Solve(FlowPrior prior, Tensor around, Tensor start, int rounds)
    {
        using var scope = NewDisposeScope();
        var inverse = prior.AdjointOfSquares(stack([Yy, Xx], 1)).add(1).reciprocal();
        var z = start;
        var residual = prior.Adjoint(Right.add(Times(around.sub(prior.Apply(z))))).sub(z);
        var scaled = inverse.mul(residual);
        var direction = scaled;
        var norm = Dot(residual, scaled);
        for (var round = 0; ; round++)
        {
            var image = direction.add(prior.Adjoint(Times(prior.Apply(direction))));
            var step = norm.div(Dot(direction, image).add(Least));
            z = z.add(step.mul(direction));
            if (round == rounds - 1)
            {
                return z.MoveToOuterDisposeScope();
            }

            residual = residual.sub(step.mul(image));
            scaled = inverse.mul(residual);
            var next = Dot(residual, scaled);
            direction = scaled.add(next.div(norm.add(Least)).mul(direction));
            norm = next;
        }
    }

    private static Tensor Dot(Tensor a, Tensor b) => a.mul(b).sum([1L, 2L], keepdim: true);
}
