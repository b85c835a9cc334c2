using System.Numerics.Tensors;

namespace InferenceBridge.Models;

/// <summary>
/// Transfer of a widefield microscope over defocus, at chosen spatial frequencies: the pupil's Hankel transform is the field, its square the point's
/// image, and that one's Hankel transform the transfer. Real, since the image of a point is round; 1 at frequency 0; below 0 where contrast is inverted.
/// The pixels' own area is not part of it.
/// </summary>
internal sealed class DefocusTransfer
{
    // Parts of λ/NA between radii: the intensity holds no higher frequency than 2 NA/λ.
    private const double RadiusStep = 0.2;
    private const double GeometricMargin = 1.2;
    private const double DiffractionMargin = 16;

    private readonly DefocusPupil _pupil;
    private readonly double[] _radii;
    private readonly double[][] _field;
    private readonly double[][] _frequency;
    private readonly double[] _squares;
    private readonly double _step;
    private readonly double _wave;
    private readonly double _total;

    /// <param name="optics">The microscope, checked here.</param>
    /// <param name="largestDefocus">Largest |z| that will be asked for, in µm.</param>
    /// <param name="frequencies">Spatial frequencies, in cycles per pixel.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.ParameterOutOfRange"/>: impossible optics.</exception>
    public DefocusTransfer(FocusOptics optics, double largestDefocus, IReadOnlyList<double> frequencies)
    {
        optics.Validate();
        Optics = optics;
        _pupil = new DefocusPupil(optics);
        var (aperture, index) = (optics.NumericalAperture, optics.ImmersionIndex);
        var resolution = optics.WavelengthNm / 1000 / aperture;
        var steepness = aperture / Math.Sqrt((index * index) - (aperture * aperture));

        // Light of an aberrated pupil spreads farther by about what its steepest phase would move a ray.
        var aberration = (DiffractionMargin + (8 * _pupil.SphericalWaves)) * resolution;
        var reach = (GeometricMargin * steepness * largestDefocus) + aberration;
        var step = RadiusStep * resolution;
        _radii = [.. Enumerable.Range(0, (int)Math.Ceiling(reach / step)).Select(i => (i + 0.5) * step)];
        var wave = 2 * Math.PI / resolution;
        _field = Array.ConvertAll(_radii, r => Array.ConvertAll(_pupil.Heights, rho => rho * BesselTable.J0(wave * rho * r)));

        // All light by Parseval's theorem, since some of it always lies beyond any radius.
        var height = _pupil.Heights[0] * 2;
        _total = _pupil.Heights.Sum() / height / (wave * wave) / step;
        _squares = [.. frequencies.Select(f => Math.Pow(2 * Math.PI * f / optics.PixelMicrometres, 2))];
        (_step, _wave) = (step, wave);
        _frequency = [.. frequencies.Select(f => f == 0 || f >= optics.Cutoff
            ? []
            : Array.ConvertAll(_radii, r => r * BesselTable.J0(2 * Math.PI * r * f / optics.PixelMicrometres)))];
    }

    /// <summary>The microscope.</summary>
    public FocusOptics Optics { get; }

    /// <summary>The aberration, as a factor of the balanced spherical polynomial.</summary>
    public double SphericalWaves => _pupil.SphericalWaves;

    /// <summary>The transfer at every frequency, in their order, for one defocus in µm.</summary>
    public double[] At(double defocus)
    {
        var (real, imaginary) = Pupil(defocus);
        var intensity = Array.ConvertAll(_field, row =>
        {
            var (a, b) = (TensorPrimitives.Dot<double>(real, row), TensorPrimitives.Dot<double>(imaginary, row));
            return (a * a) + (b * b);
        });

        // What a sum over the middles of rings lacks next to the axis: the first two terms of Euler and Maclaurin.
        var (peak, curvature) = Axis(real, imaginary);
        var second = _step / 24 * peak;
        double Fourth(int i) => 7 * _step * _step * _step / 1920 * (curvature - (_squares[i] / 2 * peak));
        return [.. _frequency.Select((row, i) => row.Length > 0
            ? (TensorPrimitives.Dot<double>(intensity, row) - second + Fourth(i)) / _total
            : _squares[i] == 0 ? 1 : 0)];
    }

    private (double[] Real, double[] Imaginary) Pupil(double defocus)
    {
        var (real, imaginary) = (new double[DefocusPupil.Count], new double[DefocusPupil.Count]);
        for (var i = 0; i < DefocusPupil.Count; i++)
        {
            (imaginary[i], real[i]) = Math.SinCos((defocus * _pupil.Defocus[i]) + _pupil.Aberration[i]);
        }

        return (real, imaginary);
    }

    // Intensity on the axis, and its second derivative along the radius.
    private (double Peak, double Curvature) Axis(double[] real, double[] imaginary)
    {
        var (re, im, re3, im3) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < DefocusPupil.Count; i++)
        {
            var (height, cube) = (_pupil.Heights[i], _pupil.Heights[i] * _pupil.Heights[i] * _pupil.Heights[i]);
            (re, im) = (re + (height * real[i]), im + (height * imaginary[i]));
            (re3, im3) = (re3 + (cube * real[i]), im3 + (cube * imaginary[i]));
        }

        return ((re * re) + (im * im), -_wave * _wave * ((re * re3) + (im * im3)));
    }
}
