namespace InferenceBridge.Imaging;

/// <summary>SSIM of planes of one size; bands of rows run in parallel. Conventions: see <see cref="ImageMetrics"/>.</summary>
internal sealed class StructuralSimilarity
{
    private const int BandRows = 64;

    private readonly int _height;
    private readonly int _width;
    private readonly double _c1;
    private readonly double _c2;
    private readonly int _firstRow;
    private readonly double[] _rowSums;

    internal StructuralSimilarity(int height, int width, double dataRange)
    {
        (_height, _width) = (height, width);
        (_c1, _c2) = (Square(0.01 * dataRange), Square(0.03 * dataRange));
        _firstRow = height < SsimWindow.Taps ? 0 : SsimWindow.Radius;
        _rowSums = new double[height - (2 * _firstRow)];
    }

    /// <summary>Mean SSIM of one plane.</summary>
    internal double Mean(double[] x, double[] y)
    {
        var bands = (_rowSums.Length + BandRows - 1) / BandRows;
        Parallel.For(0, bands, band => RunBand(x, y, band * BandRows, Math.Min(_rowSums.Length, (band + 1) * BandRows)));

        // Summed in order, so that the number does not depend on the threads.
        var columns = new SsimRows(_width).Columns;
        return _rowSums.Sum() / ((double)_rowSums.Length * columns);
    }

    private static double Square(double value) => value * value;

    private void RunBand(double[] x, double[] y, int first, int end)
    {
        var ring = new SsimRows[SsimWindow.Taps];
        for (var i = 0; i < ring.Length; i++)
        {
            ring[i] = new SsimRows(_width);
        }

        var next = first - SsimWindow.Radius;
        var filtered = new SsimRows(_width);
        for (var output = first; output < end; output++)
        {
            for (; next <= output + SsimWindow.Radius; next++)
            {
                var row = EdgeReflection.Index(next + _firstRow, _height) * _width;
                Slot(ring, next).FilterAlongX(x.AsSpan(row, _width), y.AsSpan(row, _width));
            }

            filtered.FilterAlongY(ring, output);
            _rowSums[output] = filtered.SumOfSimilarity(_c1, _c2);
        }
    }

    private static SsimRows Slot(SsimRows[] ring, int row) => ring[(row + SsimWindow.Taps) % SsimWindow.Taps];
}
