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
    private const double RadiusStep = 0.25;
    private const double GeometricMargin = 1.2;
    private const double DiffractionMargin = 6;

    private readonly DefocusPupil _pupil;
    private readonly double[] _radii;
    private readonly double[][] _field;
    private readonly double[][] _frequency;

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
        _frequency = [.. frequencies.Select(f => f >= optics.Cutoff
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
        var intensity = Intensity(defocus);
        var total = TensorPrimitives.Dot<double>(intensity, _radii);
        return Array.ConvertAll(_frequency, row => row.Length == 0 ? 0 : TensorPrimitives.Dot<double>(intensity, row) / total);
    }

    private double[] Intensity(double defocus)
    {
        var (real, imaginary) = (new double[DefocusPupil.Count], new double[DefocusPupil.Count]);
        for (var i = 0; i < DefocusPupil.Count; i++)
        {
            (imaginary[i], real[i]) = Math.SinCos((defocus * _pupil.Defocus[i]) + _pupil.Aberration[i]);
        }

        return Array.ConvertAll(_field, row =>
        {
            var (a, b) = (TensorPrimitives.Dot<double>(real, row), TensorPrimitives.Dot<double>(imaginary, row));
            return (a * a) + (b * b);
        });
    }
}
