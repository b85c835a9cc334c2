namespace InferenceBridge.Models;

/// <summary>The parameters by which operations take optics; a value of 0 stands for one that is not given.</summary>
internal static class OpticsParameters
{
    private static readonly ChoiceParameter MicroscopeChoice = new("microscope", "How the microscope illuminates and detects.", "widefield",
    [
        new Choice("widefield", "Even illumination."),
        new Choice("confocal", "A focused spot and a pinhole; needs excitation_wavelength."),
        new Choice("light-sheet", "A thin sheet of light, detected as in widefield."),
        new Choice("two-photon", "A focused spot, excitation by two photons, no pinhole; needs excitation_wavelength."),
    ]);

    /// <summary>The objective and the microscope.</summary>
    public static IReadOnlyList<ParameterDeclaration> Microscope { get; } =
    [
        new NumberParameter("na", "Numerical aperture of the objective, below the index of its immersion.", 0, 0, 1.9) { Least = 0.02 },
        new NumberParameter("wavelength", "Wavelength of the emitted light.", 0, 0, 3000, "nm") { Least = 100 },
        new NumberParameter("index", "Refractive index of the immersion: 1.0 air, 1.333 water, 1.515 oil.", 0, 0, 2) { Least = 1 },
        MicroscopeChoice,
        new NumberParameter("excitation_wavelength", "Wavelength of the exciting light, for confocal and two-photon microscopes.", 0, 0, 3000, "nm") { Least = 100 },
        new NumberParameter("pinhole", "Diameter of a confocal pinhole in Airy disks of the emission; 0 is an ideal point.", 1, 0, 100, "AU"),
        new NumberParameter("sheet_thickness", "Full width at half maximum of a light sheet.", 2, 0.05, 1000, "µm"),
    ];

    /// <summary>Coverslip and sample, for the model of Gibson and Lanni.</summary>
    public static IReadOnlyList<ParameterDeclaration> Mount { get; } =
    [
        new NumberParameter("sample_index", "Refractive index of the sample's medium: 1.33 water, 1.38 cells, 1.47 glycerol.", 1.33, 1, 2),
        new NumberParameter("depth", "Distance of what is imaged from the coverslip.", 0, 0, 5000, "µm"),
        new NumberParameter("coverslip_index", "Refractive index of the coverslip.", 1.522, 1, 2.5),
        new NumberParameter("coverslip_design_index", "Refractive index of the coverslip that the objective is designed for.", 1.522, 1, 2.5),
        new NumberParameter("coverslip_thickness", "Thickness of the coverslip.", 170, 0, 5000, "µm"),
        new NumberParameter("coverslip_design_thickness", "Thickness of the coverslip that the objective is designed for.", 170, 0, 5000, "µm"),
        new NumberParameter("immersion_design_index", "Refractive index of the immersion that the objective is designed for; 0: as index.", 0, 0, 2) { Least = 1 },
        new NumberParameter("working_distance", "Working distance of the objective: the immersion's thickness by design.", 150, 0, 50000, "µm"),
    ];

    /// <summary>The optics that a job was given.</summary>
    /// <param name="parameters">Checked parameters; those of <see cref="Mount"/> are read for <see cref="PsfModel.GibsonLanni"/> alone.</param>
    /// <param name="model">How the point-spread function is computed.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.ParameterOutOfRange"/>: missing or impossible optics.</exception>
    public static Optics Read(ParameterSet parameters, PsfModel model)
    {
        var optics = new Optics
        {
            NumericalAperture = parameters.Number("na"),
            WavelengthNm = parameters.Number("wavelength"),
            ImmersionIndex = parameters.Number("index"),
            Model = model,
            Microscope = parameters.Choice("microscope") switch
            {
                "confocal" => Models.Microscope.Confocal,
                "light-sheet" => Models.Microscope.LightSheet,
                "two-photon" => Models.Microscope.TwoPhoton,
                _ => Models.Microscope.Widefield,
            },
            ExcitationWavelengthNm = Given(parameters.Number("excitation_wavelength")),
            PinholeAiryUnits = parameters.Number("pinhole"),
            SheetThicknessUm = parameters.Number("sheet_thickness"),
            Mount = model == PsfModel.GibsonLanni ? ReadMount(parameters) : null,
        };
        optics.Validate();
        return optics;
    }

    private static SampleMount ReadMount(ParameterSet parameters) => new()
    {
        SampleIndex = parameters.Number("sample_index"),
        DepthUm = parameters.Number("depth"),
        CoverslipIndex = parameters.Number("coverslip_index"),
        CoverslipDesignIndex = parameters.Number("coverslip_design_index"),
        CoverslipThicknessUm = parameters.Number("coverslip_thickness"),
        CoverslipDesignThicknessUm = parameters.Number("coverslip_design_thickness"),
        ImmersionDesignIndex = Given(parameters.Number("immersion_design_index")),
        WorkingDistanceUm = parameters.Number("working_distance"),
    };

    private static double? Given(double value) => value == 0 ? null : value;
}
