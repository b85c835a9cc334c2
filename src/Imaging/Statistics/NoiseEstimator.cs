namespace InferenceBridge.Imaging;

/// <summary>
/// Estimates the standard deviation of additive Gaussian noise, plane by plane: the median absolute value of the finest
/// diagonal Daubechies-2 (four taps) wavelet coefficients over Φ⁻¹(3/4) = 0.6745 (Donoho and Johnstone, Biometrika 81(3),
/// 1994), then the median over planes. A plane's value equals scikit-image's <c>estimate_sigma</c>: edges are reflected,
/// coefficients of exactly 0 (padding, masked areas) are left out. Not safe for concurrent calls.
/// </summary>
/// <remarks>
/// A plane of one row or column uses the coefficients along its other axis. Planes without any coefficient but 0 (constant
/// at 0, of one pixel) do not count, nor do coefficients that a NaN or an infinity reaches.
/// </remarks>
public sealed class NoiseEstimator
{
    private const double NormalQuartile = 0.6744897501960817;

    private readonly List<double> _planes = [];
    private double[] _coefficients = [];

    /// <summary>
    /// The median of the planes' estimates, in the unit of the pixels; 0 where no plane counts.
    /// </summary>
    public double StandardDeviation =>
        _planes.Count == 0 ? 0 : Selection.Median(_planes.ToArray());

    /// <summary>Adds one plane.</summary>
    /// <param name="plane">Height × width values, X fastest.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <returns>The estimate from this plane; null where it does not count.</returns>
    /// <exception cref="ArgumentException">The number of values is not height × width.</exception>
    public double? Add(ReadOnlySpan<float> plane, int height, int width)
    {
        if (plane.Length != (long)height * width)
        {
            throw new ArgumentException($"{plane.Length} values for a plane of {height}×{width} pixels.", nameof(plane));
        }

        var count = DiagonalWavelet.MaximumCount(height, width);
        if (_coefficients.Length < count)
        {
            _coefficients = new double[count];
        }

        var used = DiagonalWavelet.Magnitudes(plane, height, width, _coefficients);
        if (used == 0)
        {
            return null;
        }

        var sigma = Selection.Median(_coefficients.AsSpan(0, used)) / NormalQuartile;
        _planes.Add(sigma);
        return sigma;
    }
}
