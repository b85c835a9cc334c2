using InferenceBridge.Models.Networks;

namespace InferenceBridge.Models;

/// <summary>Makes a network's input of planes of one size: of their spectra and the optics, or of their pixels.</summary>
internal sealed class DefocusInput
{
    /// <summary>Shortest side of a plane that networks are asked about, in pixels.</summary>
    public const int ShortestSide = 128;

    private readonly RadialSpectrum _shape;
    private readonly SpectralInput? _spectral;
    private readonly int _height;
    private readonly int _width;

    /// <param name="optics">The microscope as it is known; null for networks that take pixels.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    public DefocusInput(FocusOptics? optics, int height, int width)
    {
        (_height, _width) = (height, width);
        _shape = new RadialSpectrum(height, width);
        _spectral = optics is null ? null : new SpectralInput(optics, Math.Min(height, width));
    }

    /// <summary>Axes of the input, of one sample.</summary>
    public long[] Shape => _spectral is null ? [1, 1, _height, _width] : [1, SpectralFocusNetwork.Rows, 1, SpectralBins.Count];

    /// <summary>The input of a plane, and how much structure it holds: 0 for none.</summary>
    /// <param name="plane">Height × width, finite.</param>
    public (float[] Input, double Structure) Of(ReadOnlySpan<float> plane)
    {
        var features = SpectralFeatures.Of(_shape.Of(plane), _shape.Independent, _shape.Lowest);
        var structure = features.IsEmpty ? 0 : features.Structure;
        if (_spectral is null)
        {
            return (Standardised(plane), structure);
        }

        var input = new float[SpectralInput.Length];
        _spectral.Fill(features, input);
        return (input, structure);
    }

    // Mean 0, deviation 1: neither the camera's offset nor its gain says anything.
    private static float[] Standardised(ReadOnlySpan<float> plane)
    {
        var (sum, square) = (0.0, 0.0);
        foreach (var value in plane)
        {
            sum += value;
            square += (double)value * value;
        }

        var mean = sum / plane.Length;
        var deviation = Math.Sqrt(Math.Max(0, (square / plane.Length) - (mean * mean)));
        var scale = deviation > 0 ? 1 / deviation : 0;
        var result = new float[plane.Length];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = (float)((plane[i] - mean) * scale);
        }

        return result;
    }
}
