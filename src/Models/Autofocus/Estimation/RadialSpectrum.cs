using System.Numerics.Tensors;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// Power spectra of planes of one size, averaged over the rings of <see cref="SpectralBins"/>, two of each plane, one behind the other. Windowed: with a Hann
/// window along both axes, which keeps the edges out but dims what is near them and blurs frequencies. Periodic: of the plane's periodic part
/// (<see cref="PeriodicSpectrum"/>), without the frequencies next to the axes, where uneven light and the rest of the edges lie: frequencies are sharp, but not
/// all of the edges is gone. Both without the mean, scaled so that white noise of variance v has the spectrum v everywhere.
/// </summary>
internal sealed class RadialSpectrum
{
    /// <summary>Spectra of a plane.</summary>
    public const int Kinds = 2;

    /// <summary>Values of both.</summary>
    public const int Length = Kinds * SpectralBins.Count;

    // A Hann window makes neighbouring frequencies depend on each other: each of a plane counts as this part of one.
    private const double WindowFactor = 2.2;

    // Of the periodic spectrum, in cycles over the plane.
    private const int FirstFromAxis = 2;

    private readonly int _height;
    private readonly int _width;
    private readonly RingMeans _windowed;
    private readonly RingMeans _periodic;
    private readonly PeriodicSpectrum _periodicPart;
    private readonly float[] _rows;
    private readonly float[] _columns;
    private readonly double _windowSum;
    private readonly double _windowSquares;

    /// <param name="height">Rows, 4 or more.</param>
    /// <param name="width">Columns, 4 or more.</param>
    public RadialSpectrum(int height, int width)
    {
        (_height, _width) = (height, width);
        (_rows, _columns) = (HannWindow.Of(height), HannWindow.Of(width));
        _windowSum = _rows.Sum(v => (double)v) * _columns.Sum(v => (double)v);
        _windowSquares = _rows.Sum(v => (double)v * v) * _columns.Sum(v => (double)v * v);
        (_windowed, _periodic, _periodicPart) = (new RingMeans(height, width, 0), new RingMeans(height, width, FirstFromAxis), new PeriodicSpectrum(height, width));
        Independent = [.. _windowed.Counts.Select(count => Math.Max(0.5, count / 2 / WindowFactor)), .. _periodic.Counts.Select(count => Math.Max(0.5, count / 2))];
        Lowest = 3.0 / Math.Min(height, width);
    }

    /// <summary>Independent values of each ring of both: the relative variance of noise in it is 1 over that.</summary>
    public double[] Independent { get; }

    /// <summary>How far the noise of both spectra goes the same way: the correlation of rings of the same frequency, where they are wider than what the window blurs.</summary>
    public static double NoiseCorrelation { get; } = 18.0 / 35;

    /// <summary>Frequency in cycles per pixel below which uneven illumination shows and the window blurs.</summary>
    public double Lowest { get; }

    /// <summary>The spectra of a plane, height × width: <see cref="Length"/> values.</summary>
    public double[] Of(ReadOnlySpan<float> plane)
    {
        var result = new double[Length];
        _windowed.Of(Windowed(plane), _windowSquares, result.AsSpan(0, SpectralBins.Count));
        _periodic.Of(_periodicPart.Of(Centred(plane)), (double)_height * _width, result.AsSpan(SpectralBins.Count));
        return result;
    }

    // Sums in double precision: of an even plane nothing may be left.
    private static float[] Centred(ReadOnlySpan<float> plane)
    {
        var sum = 0.0;
        foreach (var value in plane)
        {
            sum += value;
        }

        var centred = new float[plane.Length];
        TensorPrimitives.Subtract(plane, (float)(sum / plane.Length), centred);
        return centred;
    }

    private float[] Windowed(ReadOnlySpan<float> plane)
    {
        var windowed = new float[plane.Length];
        var sum = 0.0;
        for (var row = 0; row < _height; row++)
        {
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

        using var grad = no_grad();
        using var scope = NewDisposeScope();
        return view_as_real(fft.rfft2(tensor(windowed, [_height, _width]), [_height, _width], [0, 1])).contiguous().data<float>().ToArray();
    }
}
