namespace InferenceBridge.Models;

/// <summary>Checked parameters about the PSF that all deconvolutions share.</summary>
/// <param name="Centre">True to centre a PSF that is an input on its intensity.</param>
/// <param name="Aperture">Numerical aperture; 0 where not given.</param>
/// <param name="Wavelength">Wavelength of the emission in nm; 0 where not given.</param>
/// <param name="Index">Refractive index of the immersion; 0 where not given.</param>
internal sealed record PsfOptions(bool Centre, double Aperture, double Wavelength, double Index)
{
    /// <summary>Field of a refusal about the numerical aperture.</summary>
    public const string ApertureField = "parameters.na";

    private const string CentringName = "psf_centring";
    private const string Intensity = "intensity";
    private const string ApertureName = "na";
    private const string WavelengthName = "wavelength";
    private const string IndexName = "index";

    /// <summary>What the operations declare.</summary>
    public static IReadOnlyList<ParameterDeclaration> Declarations { get; } =
    [
        new NumberParameter(ApertureName,
            "Numerical aperture of the objective, below the index; with wavelength and index it replaces the psf. 0: a psf is given.", 0, 0, 1.9) { Least = 0.02 },
        new NumberParameter(WavelengthName, "Wavelength of the emitted light. 0: a psf is given.", 0, 0, 3000, "nm") { Least = 100 },
        new NumberParameter(IndexName, "Refractive index of the immersion: 1 air, 1.33 water, 1.515 oil. 0: a psf is given.", 0, 0, 2) { Least = 1 },
        new ChoiceParameter(CentringName, "What of a psf input stands for the point.", Intensity,
        [
            new Choice(Intensity, "The centre of its intensity, to a part of a voxel: nothing is moved, whatever the psf's size."),
            new Choice("middle", "Its voxel n / 2, rounded down, along each axis: the psf is taken as it is."),
        ]),
    ];

    /// <summary>The optics, where all of them are given.</summary>
    public Optics? Optics => Aperture > 0 && Wavelength > 0 && Index > 0
        ? new Optics { NumericalAperture = Aperture, WavelengthNm = Wavelength, ImmersionIndex = Index }
        : null;

    /// <summary>Whether any of the optics is given.</summary>
    public bool AnyOptics => Aperture > 0 || Wavelength > 0 || Index > 0;

    /// <summary>Names of the optics that are not given, for a message.</summary>
    public string MissingOptics
    {
        get
        {
            var names = new[] { (ApertureName, Aperture), (WavelengthName, Wavelength), (IndexName, Index) }
                .Where(pair => pair.Item2 <= 0).Select(pair => pair.Item1).ToArray();
            return string.Join(", ", names) + (names.Length == 1 ? " is" : " are");
        }
    }

    /// <summary>Reads the checked parameters.</summary>
    public static PsfOptions From(ParameterSet parameters) => new(
        parameters.Choice(CentringName) == Intensity, parameters.Number(ApertureName), parameters.Number(WavelengthName), parameters.Number(IndexName));
}
