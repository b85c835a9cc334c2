using System.Numerics.Tensors;

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
    private readonly HannSpectrum _hann;
    private readonly RingMeans _windowed;
    private readonly PeriodicSpectrum _periodicPart;
    private readonly RingMeans _periodic;

    /// <param name="height">Rows, 5 or more.</param>
    /// <param name="width">Columns, 5 or more.</param>
    public RadialSpectrum(int height, int width)
    {
        (_height, _width) = (height, width);
        (_hann, _windowed) = (new HannSpectrum(height, width), new RingMeans(height, width, 0));
        (_periodicPart, _periodic) = (new PeriodicSpectrum(height, width), new RingMeans(height, width, FirstFromAxis));
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
        var centred = Centred(plane);
        var (transform, jumps) = (PlaneTransform.Of(centred, _height, _width), _periodicPart.Jumps(centred));
        var result = new double[Length];
        _windowed.Of((row, target) => _hann.Row(transform, row, target), _hann.Squares, result.AsSpan(0, SpectralBins.Count));
        _periodic.Of((row, target) => _periodicPart.Row(transform, jumps, row, target), (double)_height * _width, result.AsSpan(SpectralBins.Count));
        return result;
    }

    // Without its mean, as precisely as can be: of an even plane nothing may be left.
    private float[] Centred(ReadOnlySpan<float> plane)
    {
        var centred = new float[plane.Length];
        TensorPrimitives.Subtract(plane, plane[0], centred);
        var sum = 0.0;
        for (var row = 0; row < _height; row++)
        {
            sum += TensorPrimitives.Sum<float>(centred.AsSpan(row * _width, _width));
        }

        TensorPrimitives.Subtract(centred, (float)(sum / plane.Length), centred);
        return centred;
    }
}
