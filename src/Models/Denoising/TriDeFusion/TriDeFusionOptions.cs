using InferenceBridge.Imaging;
using InferenceBridge.Models.Packages;

namespace InferenceBridge.Models;

/// <summary>Checked parameters of <see cref="TriDeFusionOperation"/>.</summary>
/// <param name="Model">Id of the package whose network comes first.</param>
/// <param name="Slices">Neighbouring slices to either side.</param>
/// <param name="PatchSize">Edge of a patch in px, odd.</param>
/// <param name="Distance">How far along y and x similar patches are sought in neighbouring slices, in px.</param>
/// <param name="Strength">How much slices may differ, as a multiple of the noise that the network leaves.</param>
/// <param name="NoiseLeft">That noise; 0 where it is to be estimated.</param>
/// <param name="NoiseFactor">What the network is to multiply its estimate of the image's noise by.</param>
internal sealed record TriDeFusionOptions(string Model, int Slices, int PatchSize, int Distance, double Strength, double NoiseLeft, double NoiseFactor)
{
    /// <summary>Parameter that chooses the network: not "model", which is what clients call the operation.</summary>
    public const string ModelName = "network";

    /// <summary>The network that is taken where there is a choice.</summary>
    public const string PreferredModel = "denoise/rauden-lite";

    private const string SlicesName = "slices";
    private const string PatchSizeName = "patch_size";
    private const string DistanceName = "patch_distance";
    private const string StrengthName = "strength";
    private const string NoiseLeftName = "noise_left";

    /// <summary>What a tile must see of the network's result beyond its core.</summary>
    public Halo Reach => new(Slices, Distance + (PatchSize / 2), Distance + (PatchSize / 2));

    /// <summary>What the operation declares with these packages at hand.</summary>
    public static IReadOnlyList<ParameterDeclaration> Declare(IReadOnlyList<TiledPackageOperation> models) =>
    [
        new ChoiceParameter(ModelName, "The denoising network that comes first.", Preferred(models), models.Count == 0
            ? [new Choice(PreferredModel, "No network is loaded: put a model package into the server's models folder.")]
            : [.. models.Select(model => new Choice(model.Declaration.Id, $"{model.Declaration.Summary}."))]),
        new IntegerParameter(SlicesName, "Neighbouring slices to either side, or frames of a movie, that are compared and averaged.", 2, 1, 16),
        new IntegerParameter(PatchSizeName, "Edge of a patch; odd.", 7, 3, 21, "px"),
        new IntegerParameter(DistanceName, "How far along y and x similar patches are sought in neighbouring slices: for structure that runs obliquely.", 1, 0, 5, "px"),
        new NumberParameter(StrengthName,
            "How much slices may differ, beside what the noise left explains, as a multiple of it. More averages more.", 1, 0.01, 100),
        new NumberParameter(NoiseLeftName,
            "Standard deviation of the noise that the network leaves: as a part of the image's own noise, or in ADU with a network that does not stabilise it. "
            + "0 estimates it.", 0, 0, 1e9),
        PackageDeclaration.NoiseFactor(),
    ];

    /// <summary>Reads the checked parameters.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.ParameterOutOfRange"/>: the patch size is even.</exception>
    public static TriDeFusionOptions From(ParameterSet parameters)
    {
        var patchSize = parameters.Integer(PatchSizeName);
        return patchSize % 2 == 1
            ? new TriDeFusionOptions(parameters.Choice(ModelName), parameters.Integer(SlicesName), patchSize, parameters.Integer(DistanceName),
                parameters.Number(StrengthName), parameters.Number(NoiseLeftName), parameters.Number(PackageDeclaration.NoiseFactorParameter))
            : throw new InferenceException(InferenceError.ParameterOutOfRange, $"parameters.{PatchSizeName}",
                $"Parameter {PatchSizeName} is {patchSize}; accepted: an odd whole number from 3 to 21.");
    }

    private static string Preferred(IReadOnlyList<TiledPackageOperation> models) =>
        models.Count == 0 || models.Any(model => model.Declaration.Id == PreferredModel) ? PreferredModel : models[0].Declaration.Id;
}
