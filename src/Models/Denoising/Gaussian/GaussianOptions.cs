using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>Checked parameters of <see cref="GaussianOperation"/>.</summary>
/// <param name="SigmaXy">Standard deviation along y and x in px; 0 leaves these axes alone.</param>
/// <param name="SigmaZ">Standard deviation along z in slices; 0 leaves this axis alone.</param>
/// <param name="Edges">What lies beyond the image.</param>
internal sealed record GaussianOptions(double SigmaXy, double SigmaZ, EdgeMode Edges)
{
    // scipy.ndimage's default: the kernel ends 4 standard deviations from its centre.
    private const double Truncate = 4;

    private const string SigmaXyName = "sigma_xy";
    private const string SigmaZName = "sigma_z";
    private const string EdgesName = "edges";
    private const string Nearest = "nearest";

    /// <summary>What the operation declares.</summary>
    public static IReadOnlyList<ParameterDeclaration> Declarations { get; } =
    [
        new NumberParameter(SigmaXyName, "Standard deviation of the Gaussian along y and x. 0 leaves these axes alone.", 1, 0, 100, "px"),
        new NumberParameter(SigmaZName, "Standard deviation of the Gaussian along z, in slices. 0 filters plane by plane.", 0, 0, 100, "px"),
        new ChoiceParameter(EdgesName, "What the image is taken to hold beyond its faces.", "reflect",
        [
            new Choice("reflect", "The image mirrored about the edge of its outermost pixels: d c b a | a b c d."),
            new Choice(Nearest, "The outermost pixels go on: a a a a | a b c d."),
        ]),
    ];

    /// <summary>Half of the kernels' lengths, which is what a tile must see beyond its core.</summary>
    public Halo Radius => new(RadiusOf(SigmaZ), RadiusOf(SigmaXy), RadiusOf(SigmaXy));

    /// <summary>Reads the checked parameters.</summary>
    public static GaussianOptions From(ParameterSet parameters) => new(
        parameters.Number(SigmaXyName),
        parameters.Number(SigmaZName),
        parameters.Choice(EdgesName) == Nearest ? EdgeMode.Nearest : EdgeMode.Symmetric);

    private static int RadiusOf(double sigma) => (int)((Truncate * sigma) + 0.5);
}
