using System.Numerics.Tensors;

namespace InferenceBridge.Models;

/// <summary>All focus metrics of planes of one size, for the plane and for its tiles. Not safe for concurrent calls.</summary>
/// <remarks>
/// With g the pixels less the background and b = mean |g|, so that lamp, exposure and bleaching cancel (without normalising b = 1):
/// Brenner: mean (g(x+2) − g(x))² over x and y, over b² (Brenner et al. 1976, J. Histochem. Cytochem. 24:100; there along x).
/// Tenengrad: mean Gx² + Gy² of Sobel's 3×3 operators, over b² (Tenenbaum 1970; Krotkov 1988, Int. J. Comput. Vis. 1:223).
/// Variance of the Laplacian: of 4g(x,y) less its four neighbours, over b² (Pech-Pacheco et al. 2000, ICPR 3:314).
/// Normalised variance: mean (g − mean)², over b² (Groen, Young, Ligthart 1985, Cytometry 6:81; many divide by the mean once).
/// Vollath F4: mean (g(x) − mean)·(g(x+1) − g(x+2)) over x and y, over b² (Vollath 1987, J. Microsc. 147:279).
/// Spectral entropy: Shannon's of the mean power of 32×32 blocks' cosine transforms, without the mean and what may be noise, over that of a
/// flat spectrum (after Royer et al. 2016, Nat. Biotechnol. 34:1267, and Kristan et al. 2006, Pattern Recognit. Lett. 27:1431).
/// Mid-band power: power between 0.2 and 0.6 of the optics' cutoff (<see cref="SpectralBands"/>), less the noise's, over b².
/// </remarks>
internal sealed class PlaneMetrics
{
    // Beyond these, squares in float32 overflow or vanish; planes are brought between them.
    private const float Largest = 1e12f;
    private const float Smallest = 1e-6f;

    private readonly TileGrid _grid;
    private readonly double _background;
    private readonly bool _normalises;
    private readonly TileParts _parts;
    private readonly SpectralSums _spectra;
    private readonly TileSums[] _sums;
    private readonly double[] _tiles;

    /// <param name="grid">The planes' size and tiles.</param>
    /// <param name="bands">Which frequencies count.</param>
    /// <param name="background">Grey level of no light.</param>
    /// <param name="normalises">Whether metrics are divided by the squared brightness.</param>
    public PlaneMetrics(TileGrid grid, SpectralBands bands, double background, bool normalises)
    {
        (_grid, _background, _normalises, _parts) = (grid, background, normalises, new TileParts(grid));
        _spectra = new SpectralSums(grid, _parts, bands);
        (_sums, _tiles) = (new TileSums[grid.TileCount], new double[grid.TileCount * FocusMetrics.All.Count]);
    }

    /// <summary>The metrics of each tile of the last plane, by <see cref="FocusMetric"/>, rows of tiles first.</summary>
    public IReadOnlyList<double> Tiles => _tiles;

    /// <summary>Measures a plane.</summary>
    /// <param name="plane">Finite pixels, X fastest.</param>
    /// <returns>By <see cref="FocusMetric"/>; null, and zeros in the tiles, where all pixels are equal.</returns>
    public double[]? Measure(float[] plane)
    {
        var (least, most) = (TensorPrimitives.Min<float>(plane), TensorPrimitives.Max<float>(plane));
        if (least.Equals(most))
        {
            Array.Clear(_tiles);
            return null;
        }

        var reach = Math.Max(Math.Abs(least), Math.Abs(most));
        if (reach < Largest && most - least > Smallest)
        {
            return Measure(plane, 1);
        }

        // By a power of 2, which changes no digit.
        var scale = Math.Pow(2, -Math.Round(Math.Log2(reach)));
        return Measure(Array.ConvertAll(plane, value => (float)(value * scale)), scale);
    }

    private double[] Measure(float[] plane, double scale)
    {
        var brightness = SpatialSums.Gather(plane, _grid, _parts, (float)(_background * scale), _sums);
        var count = FocusMetrics.All.Count;
        var (values, total, unit) = (new double[count], default(TileSums), _normalises ? brightness : scale);
        for (var tile = 0; tile < _sums.Length; tile++)
        {
            _sums[tile].Describe(_tiles.AsSpan(tile * count, count), unit);
            total += _sums[tile];
        }

        total.Describe(values, unit);
        _spectra.Describe(plane, (float)total.Mean, unit, _tiles, values);
        return values;
    }
}
