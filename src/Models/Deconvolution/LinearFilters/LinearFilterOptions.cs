using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>Checked parameters of the linear filters.</summary>
/// <param name="Background">Camera offset, in ADU, that is subtracted first.</param>
/// <param name="PeriodicEdges">True where the image is taken to go on at its opposite face.</param>
/// <param name="Nonnegative">Whether values below 0 become 0.</param>
/// <param name="Weight">Weight of the penalty: for Wiener's filter the noise's power over the object's.</param>
/// <param name="Curvature">True to penalise curvature (the squared Laplacian), false for every frequency alike.</param>
internal sealed record LinearFilterOptions(double Background, bool PeriodicEdges, bool Nonnegative, double Weight, bool Curvature)
{
    public const string NoiseName = "noise_to_signal";
    public const string WeightName = "regularisation_weight";
    public const string PenaltyName = "penalty";

    private const string NonnegativeName = "nonnegative";

    // An image without any noise still has the rounding errors of float32.
    private const double SmallestNoise = 1e-6;

    public static IReadOnlyList<ParameterDeclaration> WienerDeclarations { get; } =
    [
        new NumberParameter(NoiseName,
            "Power of the noise over that of the object: higher is smoother. 0 estimates it from the image's noise and variance.", 0, 0, 1e6),
        .. Shared(),
    ];

    public static IReadOnlyList<ParameterDeclaration> TikhonovDeclarations { get; } =
    [
        new NumberParameter(WeightName, "Weight of the penalty: higher is smoother.", 0.001, 1e-12, 1e6),
        new ChoiceParameter(PenaltyName, "What is kept small.", "curvature",
        [
            new Choice("curvature", "The squared Laplacian: the regularised inverse filter. Light is kept, fine noise is damped most."),
            new Choice("intensity", "The squared object: zero-order Tikhonov. All frequencies are damped alike."),
        ]),
        .. Shared(),
    ];

    /// <summary>Reads the checked parameters of deconvolve/wiener.</summary>
    public static LinearFilterOptions FromWiener(ParameterSet parameters, IntensityStatistics? statistics) =>
        From(parameters, parameters.Number(NoiseName) is > 0 and var given ? given : Estimate(statistics), curvature: false);

    /// <summary>Reads the checked parameters of deconvolve/tikhonov.</summary>
    public static LinearFilterOptions FromTikhonov(ParameterSet parameters) =>
        From(parameters, parameters.Number(WeightName), parameters.Choice(PenaltyName) == "curvature");

    private static ParameterDeclaration[] Shared() =>
    [
        new BooleanParameter(NonnegativeName, "Set values below 0, which no light has, to 0.", true),
        DeconvolutionOptions.BackgroundParameter,
        DeconvolutionOptions.EdgesParameter,
        .. PsfOptions.Declarations,
    ];

    private static LinearFilterOptions From(ParameterSet parameters, double weight, bool curvature) => new(
        parameters.Number(DeconvolutionOptions.BackgroundName), DeconvolutionOptions.IsPeriodic(parameters),
        parameters.Boolean(NonnegativeName), weight, curvature);

    private static double Estimate(IntensityStatistics? statistics)
    {
        var noise = Math.Pow(statistics?.NoiseStandardDeviation ?? 0, 2);
        var signal = Math.Pow(statistics?.StandardDeviation ?? 0, 2) - noise;
        return signal > 0 ? Math.Max(SmallestNoise, noise / signal) : 1;
    }
}
