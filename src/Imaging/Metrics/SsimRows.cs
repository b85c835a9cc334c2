using System.Numerics.Tensors;

namespace InferenceBridge.Imaging;

/// <summary>One row of the five quantities that SSIM needs smoothed: x, y, x², y² and xy.</summary>
internal sealed class SsimRows
{
    private const int Quantities = 5;

    private readonly double[][] _rows = new double[Quantities][];
    private readonly double[] _x;
    private readonly double[] _y;
    private readonly double[] _product;
    private readonly int _margin;

    internal SsimRows(int width)
    {
        // A row shorter than the window is reflected and yields all its columns; a longer one loses the radius on each side.
        _margin = width < SsimWindow.Taps ? SsimWindow.Radius : 0;
        Columns = width + (2 * _margin) - (2 * SsimWindow.Radius);
        _x = new double[Columns + (2 * SsimWindow.Radius)];
        _y = new double[_x.Length];
        _product = new double[_x.Length];
        for (var i = 0; i < Quantities; i++)
        {
            _rows[i] = new double[Columns];
        }
    }

    internal int Columns { get; }

    internal void FilterAlongX(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Extend(x, _x);
        Extend(y, _y);
        Smooth(_x, _rows[0]);
        Smooth(_y, _rows[1]);
        SmoothProduct(_x, _x, _rows[2]);
        SmoothProduct(_y, _y, _rows[3]);
        SmoothProduct(_x, _y, _rows[4]);
    }

    /// <summary>Smooths the rows of a ring around row <paramref name="centre"/>.</summary>
    internal void FilterAlongY(SsimRows[] ring, int centre)
    {
        for (var quantity = 0; quantity < Quantities; quantity++)
        {
            var sum = _rows[quantity];
            Array.Clear(sum);
            for (var tap = 0; tap < SsimWindow.Taps; tap++)
            {
                var row = ring[(centre - SsimWindow.Radius + tap + SsimWindow.Taps) % SsimWindow.Taps];
                TensorPrimitives.MultiplyAdd<double>(row._rows[quantity], SsimWindow.Weights[tap], sum, sum);
            }
        }
    }

    internal double SumOfSimilarity(double c1, double c2)
    {
        var sum = 0.0;
        for (var i = 0; i < Columns; i++)
        {
            var (ux, uy) = (_rows[0][i], _rows[1][i]);
            var vx = _rows[2][i] - (ux * ux);
            var vy = _rows[3][i] - (uy * uy);
            var vxy = _rows[4][i] - (ux * uy);
            sum += ((2 * ux * uy) + c1) * ((2 * vxy) + c2) / (((ux * ux) + (uy * uy) + c1) * (vx + vy + c2));
        }

        return sum;
    }

    private static void Smooth(double[] source, double[] destination)
    {
        Array.Clear(destination);
        for (var tap = 0; tap < SsimWindow.Taps; tap++)
        {
            TensorPrimitives.MultiplyAdd(source.AsSpan(tap, destination.Length), SsimWindow.Weights[tap], destination, destination);
        }
    }

    private void SmoothProduct(double[] a, double[] b, double[] destination)
    {
        TensorPrimitives.Multiply<double>(a, b, _product);
        Smooth(_product, destination);
    }

    private void Extend(ReadOnlySpan<double> row, double[] extended)
    {
        if (_margin == 0)
        {
            row.CopyTo(extended);
            return;
        }

        for (var i = 0; i < extended.Length; i++)
        {
            extended[i] = row[EdgeReflection.Index(i - _margin, row.Length)];
        }
    }
}
