namespace InferenceBridge.Models;

/// <summary>Means of Fourier transforms of planes of one size over the rings of <see cref="SpectralBins"/>.</summary>
internal sealed class RingMeans
{
    private readonly int _height;
    private readonly int _width;
    private readonly byte[] _rings;

    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="fromAxis">Frequencies nearer to an axis than this, in cycles over the plane, do not count.</param>
    public RingMeans(int height, int width, int fromAxis)
    {
        (_height, _width) = (height, width);
        var half = (width / 2) + 1;
        var counts = new double[SpectralBins.Count + 1];
        _rings = new byte[height * half];
        for (var row = 0; row < height; row++)
        {
            var y = (double)Math.Min(row, height - row) / height;
            for (var column = 0; column < half; column++)
            {
                var x = (double)column / width;
                var isNearAxis = Math.Min(Math.Min(row, height - row), column) < fromAxis;
                var ring = isNearAxis ? SpectralBins.Count : SpectralBins.Of(Math.Sqrt((y * y) + (x * x)));
                _rings[(row * half) + column] = (byte)ring;
                counts[ring] += Weight(column);
            }
        }

        Counts = counts[..SpectralBins.Count];
    }

    /// <summary>Frequencies in every ring.</summary>
    public double[] Counts { get; }

    /// <summary>The mean square of a transform in every ring; rings without a frequency take theirs from their neighbours.</summary>
    /// <param name="transform">Height × (width / 2 + 1) pairs of real and imaginary part.</param>
    /// <param name="scale">What squares are divided by.</param>
    /// <param name="target">Takes <see cref="SpectralBins.Count"/> values.</param>
    public void Of(ReadOnlySpan<float> transform, double scale, Span<double> target)
    {
        var half = (_width / 2) + 1;
        Span<double> sums = stackalloc double[SpectralBins.Count + 1];
        sums.Clear();
        for (var row = 0; row < _height; row++)
        {
            for (var column = 0; column < half; column++)
            {
                var i = (row * half) + column;
                var (re, im) = ((double)transform[2 * i], (double)transform[(2 * i) + 1]);
                sums[_rings[i]] += Weight(column) * ((re * re) + (im * im));
            }
        }

        for (var ring = 0; ring < SpectralBins.Count; ring++)
        {
            target[ring] = Counts[ring] > 0 ? sums[ring] / Counts[ring] / scale : double.NaN;
        }

        Fill(target);
    }

    // Half of the spectrum is told of, the other half mirrors it, but for the first and, of an even width, the last column.
    private int Weight(int column) => column == 0 || 2 * column == _width ? 1 : 2;

    private static void Fill(Span<double> values)
    {
        var known = values.ToArray();
        for (var ring = 0; ring < values.Length; ring++)
        {
            if (double.IsNaN(known[ring]))
            {
                var before = Array.FindLastIndex(known, ring, v => !double.IsNaN(v));
                var after = Array.FindIndex(known, ring, v => !double.IsNaN(v));
                values[ring] = before < 0 ? known[after] : after < 0 ? known[before] : (known[before] + known[after]) / 2;
            }
        }
    }
}
