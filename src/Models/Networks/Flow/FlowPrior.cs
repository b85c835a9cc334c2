using static TorchSharp.torch;

namespace InferenceBridge.Models.Networks;

/// <summary>
/// What fields are like before anything has been seen: a sum of Gaussian processes of several widths, written as u = Σ B z with Gaussians B and z of
/// independent standard normal numbers. A wide one carries what is seen far into what shows nothing; a narrow one follows what moves by itself.
/// </summary>
/// <param name="scales">The processes, each with its z; all z lie one after another in a tensor of (N, 2, numbers).</param>
internal sealed class FlowPrior(IReadOnlyList<FlowScale> scales)
{
    /// <summary>Numbers that describe one component of a field.</summary>
    public long Size => scales.Sum(scale => scale.Size);

    /// <summary>The field, (N, 2, rows, columns) in px, of z.</summary>
    public Tensor Apply(Tensor z)
    {
        using var scope = NewDisposeScope();
        var offset = 0L;
        Tensor? field = null;
        foreach (var scale in scales)
        {
            var part = scale.Apply(z.narrow(2, offset, scale.Size));
            field = field is null ? part : field.add(part);
            offset += scale.Size;
        }

        return field!.MoveToOuterDisposeScope();
    }

    /// <summary>The transpose of <see cref="Apply"/>: of the field's shape to that of z.</summary>
    public Tensor Adjoint(Tensor v)
    {
        using var scope = NewDisposeScope();
        return cat([.. scales.Select(scale => scale.Adjoint(v))], 2).MoveToOuterDisposeScope();
    }

    /// <summary>As <see cref="Adjoint"/>, with the squares of the matrix's elements.</summary>
    public Tensor AdjointOfSquares(Tensor v)
    {
        using var scope = NewDisposeScope();
        return cat([.. scales.Select(scale => scale.AdjointOfSquares(v))], 2).MoveToOuterDisposeScope();
    }

    /// <summary>z of a prior with the first of these processes, with 0 for the others.</summary>
    public Tensor Extend(Tensor z) => z.shape[2] == Size
        ? z
        : cat([z, zeros([z.shape[0], 2, Size - z.shape[2]], z.dtype, z.device)], 2);
}
