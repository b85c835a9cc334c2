using System.Numerics.Tensors;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// Power spectra of planes of one size, averaged over the rings of <see cref="SpectralBins"/>: a Hann window along both axes, the windowed mean taken
/// off, scaled so that white noise of variance v has the spectrum v everywhere. Rings without a frequency take theirs from their neighbours.
/// </summary>
internal sealed class RadialSpectrum
{
    // A Hann window makes neighbouring frequencies depend on each other: each of a plane counts as this part of one.
    private const double WindowFactor = 2.2;

    private readonly int _height;
    private readonly int _width;
    private readonly byte[] _rings;
    private readonly double[] _counts = new double[SpectralBins.Count + 1];
    private readonly float[] _rows;
    private readonly float[] _columns;
    private readonly double _windowSum;
    private readonly double _windowSquares;

    /// <param name="height">Rows, 2 or more.</param>
    /// <param name="width">Columns, 2 or more.</param>
    public RadialSpectrum(int height, int width)
    {
        (_height, _width) = (height, width);
        (_rows, _columns) = (HannWindow.Of(height), HannWindow.Of(width));
        _windowSum = _rows.Sum(v => (double)v) * _columns.Sum(v => (double)v);
        _windowSquares = _rows.Sum(v => (double)v * v) * _columns.Sum(v => (double)v * v);
        var half = (width / 2) + 1;
        _rings = new byte[height * half];
        for (var row = 0; row < height; row++)
        {
            var y = (double)Math.Min(row, height - row) / height;
            for (var column = 0; column < half; column++)
            {
                var x = (double)column / width;
                var ring = SpectralBins.Of(Math.Sqrt((y * y) + (x * x)));
                _rings[(row * half) + column] = (byte)ring;
                _counts[ring] += Weight(column);
            }
        }

        Independent = [.. _counts.Take(SpectralBins.Count).Select(count => Math.Max(0.5, count / 2 / WindowFactor))];
        Lowest = 3.0 / Math.Min(height, width);
    }

    /// <summary>Independent values of each ring: the relative variance of noise in it is 1 over that.</summary>
    public double[] Independent { get; }

    /// <summary>Frequency in cycles per pixel below which uneven illumination shows and the window blurs.</summary>
    public double Lowest { get; }

    /// <summary>The spectrum of a plane, height × width.</summary>
    public double[] Of(ReadOnlySpan<float> plane)
    {
        var windowed = new float[plane.Length];
        var sum = 0.0;
        for (var row = 0; row < _height; row++)
        {
            // In double precision: of an even plane nothing may be left.
            var line = plane.Slice(row * _width, _width);
            var ofRow = 0.0;
            for (var column = 0; column < line.Length; column++)
            {
                ofRow += line[column] * (double)_columns[column];
            }

            sum += _rows[row] * ofRow;
        }

        var mean = (float)(sum / _windowSum);
        for (var row = 0; row < _height; row++)
        {
            var target = windowed.AsSpan(row * _width, _width);
            TensorPrimitives.Subtract(plane.Slice(row * _width, _width), mean, target);
            TensorPrimitives.Multiply(target, _columns, target);
            TensorPrimitives.Multiply(target, _rows[row], target);
        }

        return Average(windowed);
    }

    private double[] Average(float[] windowed)
    {
        using var grad = no_grad();
        using var scope = NewDisposeScope();
        var spectrum = view_as_real(fft.rfft2(tensor(windowed, [_height, _width]), [_height, _width], [0, 1])).contiguous().data<float>().ToArray();
        var half = (_width / 2) + 1;
        var sums = new double[SpectralBins.Count + 1];
        for (var row = 0; row < _height; row++)
        {
            for (var column = 0; column < half; column++)
            {
                var i = (row * half) + column;
                var (re, im) = ((double)spectrum[2 * i], (double)spectrum[(2 * i) + 1]);
                sums[_rings[i]] += Weight(column) * ((re * re) + (im * im));
            }
        }

        var result = new double[SpectralBins.Count];
        for (var ring = 0; ring < result.Length; ring++)
        {
            result[ring] = _counts[ring] > 0 ? sums[ring] / _counts[ring] / _windowSquares : double.NaN;
        }

        return Filled(result);
    }

    // Half of the spectrum is told of, the other half mirrors it, but for the first and, of an even width, the last column.
    private int Weight(int column) => column == 0 || 2 * column == _width ? 1 : 2;

    private static double[] Filled(double[] values)
    {
        for (var ring = 0; ring < values.Length; ring++)
        {
            if (!double.IsNaN(values[ring]))
            {
                continue;
            }

            var before = Array.FindLastIndex(values, ring, v => !double.IsNaN(v));
            var after = Array.FindIndex(values, ring, v => !double.IsNaN(v));
            values[ring] = before < 0 ? values[after] : after < 0 ? values[before] : (values[before] + values[after]) / 2;
        }

        return values;
    }
}
