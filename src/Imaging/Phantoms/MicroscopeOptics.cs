namespace InferenceBridge.Imaging;

/// <summary>The objective and the light that a PSF follows from.</summary>
public sealed record MicroscopeOptics
{
    /// <summary>Numerical aperture (0.05 to 1.7, below the refractive index; default 1.0).</summary>
    public double NumericalAperture { get; init; } = 1.0;

    /// <summary>Wavelength of the emission in µm (0.2 to 2; default 0.52).</summary>
    public double WavelengthMicrometres { get; init; } = 0.52;

    /// <summary>Refractive index of the medium (1 to 2; default 1.33, water).</summary>
    public double RefractiveIndex { get; init; } = 1.33;
}
