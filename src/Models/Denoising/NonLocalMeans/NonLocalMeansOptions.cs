using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>Checked parameters of <see cref="NonLocalMeansOperation"/>.</summary>
internal sealed record NonLocalMeansOptions
{
    private const string DimensionsName = "dimensions";
    private const string ThreeDimensions = "3d";
    private const string PatchSizeName = "patch_size";
    private const string DistanceName = "patch_distance";
    private const string StrengthName = "h";
    private const string StrengthFactorName = "h_factor";
    private const string NoiseName = "sigma";
    private const string SubtractNoiseName = "subtract_noise";
    private const string WeightsName = "weights";
    private const string GaussianWeights = "gaussian";
    private const string AnscombeName = "anscombe";
    private const string GainName = "gain";
    private const string OffsetName = "offset";
    private const string ReadNoiseName = "read_noise";

    /// <summary>What the operation declares.</summary>
    public static IReadOnlyList<ParameterDeclaration> Declarations { get; } =
    [
        new ChoiceParameter(DimensionsName, "Where similar patches are sought.", "2d",
        [
            new Choice("2d", "Within each plane by itself."),
            new Choice(ThreeDimensions, "Within the stack, with patches that are boxes."),
        ]),
        new IntegerParameter(PatchSizeName, "Edge of a patch; odd.", 5, 3, 21, "px"),
        new IntegerParameter(DistanceName,
            "Similar patches are sought up to this far along each axis; the time grows with its square, in 3d with its cube.", 6, 1, 30, "px"),
        new NumberParameter(StrengthName,
            "Strength: patches that differ by much more than this do not count. In ADU, or, with anscombe, in standard deviations "
            + "of the noise. 0 takes h_factor times the noise.", 0, 0, 1e9, "ADU"),
        new NumberParameter(StrengthFactorName, "Strength as a multiple of the noise, where h is 0.", 0.8, 0.01, 100),
        new NumberParameter(NoiseName,
            "Standard deviation of the noise. 0 estimates it from the whole image where it is needed. With anscombe it is 1 and this is not used.",
            0, 0, 1e9, "ADU"),
        new BooleanParameter(SubtractNoiseName,
            "Whether the difference that noise alone makes between two patches is taken off before they are compared.", true),
        new ChoiceParameter(WeightsName, "How the pixels of a patch count.", "box",
        [
            new Choice("box", "All alike: several times faster."),
            new Choice(GaussianWeights, "The centre most, falling off as a Gaussian."),
        ]),
        new BooleanParameter(AnscombeName,
            "Whether to stabilise Poisson noise first: right for photon counts whose noise grows with the signal. The camera is described by gain, offset and "
            + "read_noise; a gain of 0 estimates them from the image.", false),
        new NumberParameter(GainName, "Camera units for one photon, for anscombe. 0 estimates it, offset and read noise from the whole image.",
            0, 0, 1e6, "ADU/photon"),
        new NumberParameter(OffsetName, "Camera units without light, for anscombe; used where gain is not 0.", 0, -1e9, 1e9, "ADU"),
        new NumberParameter(ReadNoiseName, "Standard deviation of the camera's noise without light, for anscombe; used where gain is not 0.", 0, 0, 1e9, "ADU"),
    ];

    /// <summary>Whether patches are boxes in the stack instead of squares in a plane.</summary>
    public required bool IsVolumetric { get; init; }

    /// <summary>Edge of a patch in px, odd.</summary>
    public required int PatchSize { get; init; }

    /// <summary>Largest shift along an axis in px.</summary>
    public required int Distance { get; init; }

    /// <summary>Strength in the unit of the data that is compared; 0 takes <see cref="StrengthFactor"/> times the noise.</summary>
    public required double Strength { get; init; }

    /// <summary>Strength as a multiple of the noise.</summary>
    public required double StrengthFactor { get; init; }

    /// <summary>Standard deviation of the noise in ADU; 0 if it is to be estimated.</summary>
    public required double Noise { get; init; }

    /// <summary>Whether to subtract twice the noise's variance from squared differences.</summary>
    public required bool SubtractNoise { get; init; }

    /// <summary>Whether a patch's pixels count by a Gaussian.</summary>
    public required bool HasGaussianWeights { get; init; }

    /// <summary>Whether to stabilise the noise by a law that is estimated from the image.</summary>
    public required bool EstimatesNoiseLaw { get; init; }

    /// <summary>The transform that stabilises the noise; null for none, or where it is still to be estimated.</summary>
    public required AnscombeTransform? Anscombe { get; init; }

    /// <summary>True where the noise must come from statistics over the image.</summary>
    public bool NeedsNoiseEstimate => EstimatesNoiseLaw || (Anscombe is null && Noise == 0 && (Strength == 0 || SubtractNoise));

    /// <summary>What a tile must see beyond its core: the farthest patch.</summary>
    public Halo Reach
    {
        get
        {
            var reach = Distance + (PatchSize / 2);
            return new Halo(IsVolumetric ? reach : 0, reach, reach);
        }
    }

    /// <summary>Reads the checked parameters.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.ParameterOutOfRange"/>: the patch size is even.</exception>
    public static NonLocalMeansOptions From(ParameterSet parameters)
    {
        var patchSize = parameters.Integer(PatchSizeName);
        if (patchSize % 2 == 0)
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, $"parameters.{PatchSizeName}",
                $"Parameter {PatchSizeName} is {patchSize}; accepted: an odd whole number from 3 to 21.");
        }

        return new NonLocalMeansOptions
        {
            IsVolumetric = parameters.Choice(DimensionsName) == ThreeDimensions,
            PatchSize = patchSize,
            Distance = parameters.Integer(DistanceName),
            Strength = parameters.Number(StrengthName),
            StrengthFactor = parameters.Number(StrengthFactorName),
            Noise = parameters.Number(NoiseName),
            SubtractNoise = parameters.Boolean(SubtractNoiseName),
            HasGaussianWeights = parameters.Choice(WeightsName) == GaussianWeights,
            EstimatesNoiseLaw = parameters.Boolean(AnscombeName) && parameters.Number(GainName) == 0,
            Anscombe = parameters.Boolean(AnscombeName) && parameters.Number(GainName) > 0
                ? new AnscombeTransform(parameters.Number(GainName), parameters.Number(OffsetName), parameters.Number(ReadNoiseName))
                : null,
        };
    }

    /// <summary>These options with the noise filled in, where they leave it open.</summary>
    /// <param name="statistics">Statistics over the image; needed only where <see cref="NeedsNoiseEstimate"/>.</param>
    public NonLocalMeansOptions Resolve(IntensityStatistics? statistics)
    {
        if (EstimatesNoiseLaw && statistics?.NoiseLaw is { Gain: > 0 } law)
        {
            return (this with { EstimatesNoiseLaw = false, Anscombe = AnscombeTransform.From(law) }).Resolve(statistics);
        }

        var noise = Anscombe is not null ? 1
            : Noise > 0 || !NeedsNoiseEstimate ? Noise
            : statistics?.NoiseStandardDeviation ?? throw new InferenceException(InferenceError.Internal, $"parameters.{NoiseName}",
                $"Parameter {NoiseName} is 0 and the noise has not been estimated; accepted: statistics with an estimate.");
        return this with { Noise = noise, Strength = Strength > 0 ? Strength : StrengthFactor * noise };
    }

    /// <summary>Parameters that <see cref="Resolve"/> filled in, by name.</summary>
    public IReadOnlyDictionary<string, object> EstimatedBeside(NonLocalMeansOptions before)
    {
        var estimated = new Dictionary<string, object>();
        if (before.NeedsNoiseEstimate && Anscombe is null)
        {
            estimated[NoiseName] = Noise;
        }

        if (before.EstimatesNoiseLaw && Anscombe is { } anscombe)
        {
            (estimated[GainName], estimated[OffsetName]) = (anscombe.Gain, anscombe.Offset);
        }

        if (before.Strength == 0)
        {
            estimated[StrengthName] = Strength;
        }

        return estimated;
    }
}
