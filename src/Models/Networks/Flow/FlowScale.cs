using static TorchSharp.torch;

namespace InferenceBridge.Models.Networks;

/// <summary>
/// A Gaussian process of one width and amplitude on the grid of cells: Gaussians around every so many cells. Some stand beyond the edge, so that a field
/// goes on there as it does inside.
/// </summary>
internal sealed class FlowScale
{
    private const int Beyond = 4;

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
    /// <param name="step">Cells from one Gaussian to the next.</param>
    public FlowScale(long rows, long columns, Tensor sigma, Tensor amplitude, int step)
    {
        _rows = Matrix(rows, sigma, step).mul(amplitude);
        _columns = Matrix(columns, sigma, step);
        (_rowsBack, _columnsBack) = (_rows.t().contiguous(), _columns.t().contiguous());
        (_squaredRowsBack, _squaredColumnsBack) = (_rowsBack.square(), _columnsBack.square());
    }

    /// <summary>Numbers that describe one component of a field.</summary>
    public long Size => _rows.shape[1] * _columns.shape[1];

    /// <summary>The field, (N, 2, rows, columns) in px, of (N, 2, numbers).</summary>
    public Tensor Apply(Tensor z) => Both(_rows, _columns, z.reshape(z.shape[0], 2, _rows.shape[1], _columns.shape[1]));

    /// <summary>The transpose of <see cref="Apply"/>.</summary>
    public Tensor Adjoint(Tensor v) => Both(_rowsBack, _columnsBack, v).flatten(2);

    /// <summary>As <see cref="Adjoint"/>, with the squares of the matrix's elements.</summary>
    public Tensor AdjointOfSquares(Tensor v) => Both(_squaredRowsBack, _squaredColumnsBack, v).flatten(2);

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

    private static Tensor Matrix(long cells, Tensor sigma, int step)
    {
        var type = sigma.dtype;
        var at = arange(0, cells, 1, type, sigma.device).unsqueeze(1);
        var centres = arange(-Beyond, cells + Beyond + 1, step, type, sigma.device).unsqueeze(0);
        var values = at.sub(centres).square().neg().div(sigma.square().mul(2)).exp();

        // So that the field's variance is 1 everywhere.
        return values.div(sigma.mul(Math.Sqrt(Math.PI) / step).sqrt());
    }
}
