using InferenceBridge.Imaging;
using InferenceBridge.Models;

namespace InferenceBridge.Benchmarks.Autofocus;

/// <summary>A sharp image under a microscope, with or without a second layer above it: the same image, mirrored.</summary>
internal sealed class FocusLayers : IFocalSample, IDisposable
{
    private readonly DefocusedSample _first;
    private readonly DefocusedSample? _second;
    private readonly double _offset;
    private readonly float _weight;

    /// <param name="image">Sharp light.</param>
    /// <param name="optics">The microscope.</param>
    /// <param name="largestDefocus">Largest |z| that will be asked for, in µm.</param>
    /// <param name="second">Offset of the second layer in µm, and its light against the first's; null for none.</param>
    public FocusLayers((float[] Light, int Height, int Width) image, FocusOptics optics, double largestDefocus, (double Offset, float Weight)? second)
    {
        var (light, height, width) = image;
        _first = new DefocusedSample(light, height, width, optics, largestDefocus);
        if (second is { } layer)
        {
            (_offset, _weight) = layer;
            _second = new DefocusedSample([.. light.Reverse()], height, width, optics, largestDefocus + Math.Abs(_offset));
        }
    }

    public int Height => _first.Height;

    public int Width => _first.Width;

    public double? PixelMicrometres => _first.PixelMicrometres;

    public float[] At(double defocus)
    {
        var light = _first.At(defocus);
        if (_second?.At(defocus - _offset) is { } above)
        {
            for (var i = 0; i < light.Length; i++)
            {
                light[i] += _weight * above[i];
            }
        }

        return light;
    }

    public void Dispose()
    {
        _first.Dispose();
        _second?.Dispose();
    }
}
