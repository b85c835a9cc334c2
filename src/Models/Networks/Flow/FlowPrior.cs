using static TorchSharp.torch;

namespace InferenceBridge.Models.Networks;

/// <summary>
/// What fields are like before anything has been seen: Gaussian processes of a width and an amplitude, written as u = B z with Gaussians B around every
/// second cell and z of independent standard normal numbers. Some stand beyond the edge, so that a field goes on there as it does inside.
/// </summary>
internal sealed class FlowPrior
{
    private const int Beyond = 4;
    private const int Step = 2;

    private readonly Tensor _rows;
    private readonly Tensor _columns;
    private readonly Tensor _rowsBack;
    private readonly Tensor _columnsBack;
    private readonly Tensor _squaredRowsBack;
    private readonly Tensor _squaredColumnsBack;

    /// <param name="rows">Cells along y.</param>
    /// <param name="columns">Cells along x.</param>
    /// <param name="sigma">Width of the Gaussians in cells; a tensor of no axes.</param>
    /// <param name="amplitude">Standard deviation of the field in px; a tensor of no axes.</param>
    public FlowPrior(long rows, long columns, Tensor sigma, Tensor amplitude)
    {
        _rows = Matrix(rows, sigma).mul(amplitude);
        _columns = Matrix(columns, sigma);
        (_rowsBack, _columnsBack) = (_rows.t().contiguous(), _columns.t().contiguous());
        (_squaredRowsBack, _squaredColumnsBack) = (_rowsBack.square(), _columnsBack.square());
    }

    /// <summary>Numbers that describe a field along an axis.</summary>
    /// <param name="cells">Cells along it.</param>
    public static long Modes(long cells) => ((cells + (2 * Beyond)) / Step) + 1;

    /// <summary>B z: the field, (N, 2, rows, columns) in px, of (N, 2, modes, modes).</summary>
    public Tensor Apply(Tensor z) => Both(_rows, _columns, z);

    /// <summary>Bᵀ v, of the field's shape to that of z.</summary>
    public Tensor Adjoint(Tensor v) => Both(_rowsBack, _columnsBack, v);

    /// <summary>As <see cref="Adjoint"/>, with the squares of B's elements.</summary>
    public Tensor AdjointOfSquares(Tensor v) => Both(_squaredRowsBack, _squaredColumnsBack, v);

    private static Tensor Both(Tensor rows, Tensor columns, Tensor x)
    {
        using var scope = NewDisposeScope();
        return Along(rows, Along(columns, x.transpose(2, 3)).transpose(2, 3)).MoveToOuterDisposeScope();
    }

    // (R, S) times each (S, T) of (N, C, S, T), as a convolution of one tap with S channels: oneDNN multiplies faster than a plain BLAS.
    private static Tensor Along(Tensor matrix, Tensor x)
    {
        var (count, channels, size, length) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3]);
        var product = nn.functional.conv1d(x.transpose(1, 2).reshape(count, size, channels * length), matrix.unsqueeze(2));
        return product.reshape(count, matrix.shape[0], channels, length).transpose(1, 2);
    }

    private static Tensor Matrix(long cells, Tensor sigma)
    {
        var type = sigma.dtype;
        var at = arange(0, cells, 1, type, sigma.device).unsqueeze(1);
        var centres = arange(-Beyond, cells + Beyond + 1, Step, type, sigma.device).unsqueeze(0);
        var values = at.sub(centres).square().neg().div(sigma.square().mul(2)).exp();

        // So that the field's variance is 1 everywhere.
        return values.div(sigma.mul(Math.Sqrt(Math.PI) / Step).sqrt());
    }
}
