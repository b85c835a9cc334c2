using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>Declarations of the parameters of focus metrics.</summary>
internal static class MetricParameters
{
    /// <summary>Name of the parameter for the size of tiles.</summary>
    public const string TileSizeName = "tile_size";

    /// <summary>Which metric is the score.</summary>
    public static ParameterDeclaration Metric { get; } =
        new ChoiceParameter(AutofocusParameters.MetricName, "Metric that is the score, and that a search climbs.", FocusMetric.VollathF4.Name(), FocusMetrics.Choices);

    /// <summary>How they are measured.</summary>
    public static IReadOnlyList<ParameterDeclaration> Measurement { get; } =
    [
        new IntegerParameter(TileSizeName, "Size of the tiles of the map; tiles cut the frame evenly.", 64, CosineBlock.Size, 65_536, "px"),
        new NumberParameter("background", "Grey level of no light, that of the camera's offset.", 0, -1e9, 1e9),
        new BooleanParameter("normalise", "Divide by the squared mean brightness, so that lamp, exposure and bleaching do not matter.", true),
    ];

    /// <summary>What the middle band follows from; the pixel size is the frame's.</summary>
    public static IReadOnlyList<ParameterDeclaration> Optics { get; } =
    [
        new NumberParameter("na", "Numerical aperture of the objective; with wavelength and the frame's pixel size it sets the middle band. 0: not known.", 0, 0, 1.9) { Least = 0.02 },
        new NumberParameter("wavelength", "Wavelength of the light that is detected; 0: not known.", 0, 0, 3000, "nm") { Least = 100 },
        new NumberParameter("index", "Refractive index of the immersion, for the depth of field in searches. 0: the least of 1, 1.333 and 1.515 above na.", 0, 0, 2) { Least = 1 },
    ];

    /// <summary>Highest frequency that the optics pass, in cycles per px; null where no optics are given.</summary>
    /// <param name="parameters">Checked parameters, with <see cref="Optics"/>.</param>
    /// <param name="calibration">The frame's.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.ParameterOutOfRange"/>: something of na, wavelength and pixel size is missing.</exception>
    public static double? Cutoff(ParameterSet parameters, Calibration calibration)
    {
        var (aperture, wavelength) = (parameters.Number("na"), parameters.Number("wavelength"));
        if (aperture == 0 && wavelength == 0)
        {
            return null;
        }

        Require(aperture > 0, "na", "wavelength is given and na is 0; accepted: both, or neither");
        Require(wavelength > 0, "wavelength", "na is given and wavelength is 0; accepted: both, or neither");
        var pixel = calibration.VoxelSizeMicrometres is { } size ? (size.X + size.Y) / 2 : 0;
        Require(pixel > 0, "na", $"na and wavelength are given, and the frame's pixel size is not known (unit \"{calibration.Unit}\"); accepted: a frame with its pixel size, or neither of them");
        return SpectralBands.CutoffOf(aperture, wavelength, pixel);
    }

    private static void Require(bool holds, string parameter, string fault)
    {
        if (!holds)
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, $"parameters.{parameter}", $"The parameter {fault}.");
        }
    }
}
