namespace InferenceBridge.Models;

/// <summary>
/// How much of the last step the predictions of Biggs and Andrews add, in the order of iterations, for all blocks of one image: what the
/// first block finds holds for the others too, so that blocks fit each other.
/// </summary>
internal sealed class Momenta
{
    private readonly List<double> _chosen;
    private readonly List<(double Product, double Square)> _sums = [];

    public Momenta() => _chosen = [];

    private Momenta(IEnumerable<double> chosen) => _chosen = [.. chosen];

    /// <summary>The choice for an iteration.</summary>
    /// <param name="iteration">From 0.</param>
    /// <param name="product">Sum over the block of its last two steps' product.</param>
    /// <param name="square">Sum over the block of the square of the step before the last.</param>
    public double At(int iteration, double product, double square)
    {
        if (iteration == _sums.Count)
        {
            _sums.Add((0, 0));
        }

        _sums[iteration] = (_sums[iteration].Product + product, _sums[iteration].Square + square);
        if (iteration == _chosen.Count)
        {
            _chosen.Add(Of(product, square));
        }

        return _chosen[iteration];
    }

    /// <summary>What all blocks so far would have chosen together: close to the choice of the whole image.</summary>
    public Momenta OfAll() => new(_sums.Select(sums => Of(sums.Product, sums.Square)));

    /// <summary>The choice for one image alone, from 0 to 1.</summary>
    public static double Of(double product, double square) => square > 0 ? Math.Clamp(product / square, 0, 1) : 0;
}
