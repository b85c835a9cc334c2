using System.Numerics.Tensors;

namespace InferenceBridge.Models;

/// <summary>Means over the rings of <see cref="SpectralBins"/> of the squares of Fourier transforms of planes of one size.</summary>
internal sealed class RingMeans
{
    private readonly int _height;
    private readonly int _half;

    // Of the rows up to half of the height: the others mirror them.
    private readonly byte[] _rings;
    private readonly float[] _weights;

    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="fromAxis">Frequencies nearer to an axis than this, in cycles over the plane, do not count.</param>
    public RingMeans(int height, int width, int fromAxis)
    {
        (_height, _half) = (height, (width / 2) + 1);

        // Half of the spectrum is told of, the other half mirrors it, but for the first and, of an even width, the last column.
        _weights = [.. Enumerable.Range(0, 2 * _half).Select(i => i / 2 == 0 || i / 2 * 2 == width ? 1f : 2f)];
        var counts = new double[SpectralBins.Count + 1];
        _rings = new byte[((height / 2) + 1) * _half];
        for (var row = 0; row <= height / 2; row++)
        {
            var y = (double)row / height;
            for (var column = 0; column < _half; column++)
            {
                var x = (double)column / width;
                var ring = Math.Min(row, column) < fromAxis ? SpectralBins.Count : SpectralBins.Of(Math.Sqrt((y * y) + (x * x)));
                _rings[(row * _half) + column] = (byte)ring;
                counts[ring] += _weights[2 * column] * (HasMirror(row) ? 2 : 1);
            }
        }

        Counts = counts[..SpectralBins.Count];
    }

    /// <summary>Writes a row of a transform: which row, and where to, (width / 2 + 1) pairs of real and imaginary part.</summary>
    public delegate void RowWriter(int row, Span<float> target);

    /// <summary>Frequencies in every ring.</summary>
    public double[] Counts { get; }

    /// <summary>The mean square of a transform in every ring; rings without a frequency take theirs from their neighbours.</summary>
    /// <param name="transform">Asked for every row once.</param>
    /// <param name="scale">What squares are divided by.</param>
    /// <param name="target">Takes <see cref="SpectralBins.Count"/> values.</param>
    public void Of(RowWriter transform, double scale, Span<double> target)
    {
        Span<double> sums = stackalloc double[SpectralBins.Count + 1];
        sums.Clear();
        var (line, squares) = (new float[2 * _half], new float[2 * _half]);
        for (var row = 0; row <= _height / 2; row++)
        {
            transform(row, line);
            TensorPrimitives.Multiply(line, line, squares);
            if (HasMirror(row))
            {
                transform(_height - row, line);
                TensorPrimitives.MultiplyAdd(line, line, squares, squares);
            }

            TensorPrimitives.Multiply(squares, _weights, squares);
            var rings = _rings.AsSpan(row * _half, _half);
            for (var column = 0; column < rings.Length; column++)
            {
                sums[rings[column]] += squares[2 * column] + squares[(2 * column) + 1];
            }
        }

        for (var ring = 0; ring < SpectralBins.Count; ring++)
        {
            target[ring] = Counts[ring] > 0 ? sums[ring] / Counts[ring] / scale : double.NaN;
        }

        Fill(target);
    }

    private bool HasMirror(int row) => row > 0 && 2 * row < _height;

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
