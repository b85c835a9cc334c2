namespace InferenceBridge.Models;

/// <summary>
/// The microscope that defocuses frames: widefield, scalar diffraction. Names and ranges are those of <see cref="Optics"/>. The aberration is the
/// sum of what <see cref="SphericalWaves"/> states and what the mismatch of <see cref="SampleIndex"/> gives.
/// </summary>
public sealed record FocusOptics
{
    /// <summary>Numerical aperture of the objective (0.02 to 1.9, below <see cref="ImmersionIndex"/>).</summary>
    public required double NumericalAperture { get; init; }

    /// <summary>Wavelength of the emitted light in vacuum, in nm (100 to 3000).</summary>
    public required double WavelengthNm { get; init; }

    /// <summary>Refractive index of the immersion (1 to 2).</summary>
    public required double ImmersionIndex { get; init; }

    /// <summary>Side of a pixel in the sample, in µm (0.001 to 100).</summary>
    public required double PixelMicrometres { get; init; }

    /// <summary>
    /// Primary spherical aberration in waves (−10 to 10): factor of the balanced polynomial 6ρ⁴ − 6ρ² + 1, whose root mean square is 1/√5.
    /// </summary>
    public double SphericalWaves { get; init; }

    /// <summary>Refractive index of the sample's medium (1 to 2); null where it is the immersion's.</summary>
    public double? SampleIndex { get; init; }

    /// <summary>Distance of what is imaged from the coverslip, in µm (−5000 to 5000; below 0 where a correction collar goes too far).</summary>
    public double DepthMicrometres { get; init; }

    /// <summary>Depth of field, λn/NA², in µm: within half of it on either side a frame looks focused.</summary>
    public double DepthOfField => WavelengthNm / 1000 * ImmersionIndex / (NumericalAperture * NumericalAperture);

    /// <summary>The highest frequency that the objective passes, in cycles per pixel; 0.5 is the camera's limit.</summary>
    public double Cutoff => 2 * NumericalAperture / (WavelengthNm / 1000) * PixelMicrometres;

    /// <summary>
    /// The whole aberration, as the factor of <see cref="SphericalWaves"/> that has the same root mean square: 0 where the sign of a defocus cannot be seen.
    /// </summary>
    public double AberrationWaves => new DefocusPupil(this).SphericalWaves;

    /// <summary>Checks every value.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.ParameterOutOfRange"/>, naming the value and what is accepted.</exception>
    public void Validate()
    {
        new Optics { NumericalAperture = NumericalAperture, WavelengthNm = WavelengthNm, ImmersionIndex = ImmersionIndex }.Validate();
        OpticsRules.Require("pixel_size", PixelMicrometres, PixelMicrometres is >= 0.001 and <= 100, "0.001 to 100 µm");
        OpticsRules.Require("spherical", SphericalWaves, SphericalWaves is >= -10 and <= 10, "-10 to 10 waves");
        OpticsRules.Require("sample_index", SampleIndex ?? 1, (SampleIndex ?? 1) is >= 1 and <= 2, "1 to 2");
        OpticsRules.Require("depth", DepthMicrometres, DepthMicrometres is >= -5000 and <= 5000, "-5000 to 5000 µm");
    }
}
