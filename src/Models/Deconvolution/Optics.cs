namespace InferenceBridge.Models;

/// <summary>The microscope that a point-spread function follows from. Checked by <see cref="Validate"/>, which every use calls.</summary>
public sealed record Optics
{
    /// <summary>Numerical aperture of the objective (0.02 to 1.9, below <see cref="ImmersionIndex"/>).</summary>
    public required double NumericalAperture { get; init; }

    /// <summary>Wavelength of the emitted light in vacuum, in nm (100 to 3000).</summary>
    public required double WavelengthNm { get; init; }

    /// <summary>Refractive index of the immersion medium (1 to 2): 1 air, 1.333 water, 1.515 oil.</summary>
    public required double ImmersionIndex { get; init; }

    /// <summary>How the point-spread function is computed.</summary>
    public PsfModel Model { get; init; } = PsfModel.BornWolf;

    /// <summary>How the microscope illuminates and detects.</summary>
    public Microscope Microscope { get; init; } = Microscope.Widefield;

    /// <summary>
    /// Wavelength of the exciting light in nm (100 to 3000); null where it is not known. Confocal and two-photon microscopes need it.
    /// </summary>
    public double? ExcitationWavelengthNm { get; init; }

    /// <summary>Diameter of a confocal pinhole in Airy disks of the emission, 1.22 λ/NA (0 to 100; 0 is an ideal point).</summary>
    public double PinholeAiryUnits { get; init; } = 1;

    /// <summary>Full width at half maximum of a light sheet along z, in µm (0.05 to 1000).</summary>
    public double SheetThicknessUm { get; init; } = 2;

    /// <summary>Coverslip and sample, for <see cref="PsfModel.GibsonLanni"/> alone; null is a sample of the immersion's index.</summary>
    public SampleMount? Mount { get; init; }

    /// <summary>Checks every value that the microscope needs.</summary>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.ParameterOutOfRange"/>, naming the value and what is needed.
    /// </exception>
    public void Validate() => OpticsRules.Check(this);
}

/// <summary>How a point-spread function is computed.</summary>
public enum PsfModel
{
    /// <summary>A Gaussian along each axis with the full widths at half maximum of <see cref="BornWolf"/>.</summary>
    Gaussian,

    /// <summary>Scalar diffraction of a perfect objective into a homogeneous medium.</summary>
    BornWolf,

    /// <summary>Scalar diffraction through immersion, coverslip and sample, with the aberration of their mismatch.</summary>
    GibsonLanni,
}

/// <summary>How a microscope illuminates and detects.</summary>
public enum Microscope
{
    /// <summary>Even illumination, every plane detected.</summary>
    Widefield,

    /// <summary>A focused spot and a pinhole.</summary>
    Confocal,

    /// <summary>A thin sheet of light, detected as in widefield.</summary>
    LightSheet,

    /// <summary>A focused spot that excites with the square of its intensity, without a pinhole.</summary>
    TwoPhoton,
}
