namespace InferenceBridge.Models;

/// <summary>Checked parameters of <see cref="RichardsonLucyOperation"/>.</summary>
/// <param name="Iterations">Number of iterations.</param>
/// <param name="Background">Light and camera offset that no object emits, in ADU.</param>
/// <param name="PeriodicEdges">True where the image is taken to go on at its opposite face.</param>
/// <param name="StartFromMean">True where the first estimate is constant.</param>
internal sealed record RichardsonLucyOptions(int Iterations, double Background, bool PeriodicEdges, bool StartFromMean)
{
    private const string IterationsName = "iterations";
    private const string BackgroundName = "background";
    private const string EdgesName = "edges";
    private const string Periodic = "periodic";
    private const string StartName = "start";
    private const string Mean = "mean";

    /// <summary>What the operation declares.</summary>
    public static IReadOnlyList<ParameterDeclaration> Declarations { get; } =
    [
        new IntegerParameter(IterationsName,
            "Number of iterations. More of them sharpen further and amplify noise.", 20, 1, 10_000),
        new NumberParameter(BackgroundName,
            "Camera offset and stray light under the whole image. The model is the blurred estimate plus this; the result is without it.",
            0, 0, 1e9, "ADU"),
        new ChoiceParameter(EdgesName, "What lies beyond the image's faces.", "padded",
        [
            new Choice("padded", "Unknown objects within the PSF's reach, estimated along with the image (Bertero and Boccacci 2005)."),
            new Choice(Periodic, "The opposite face of the image: fastest, right for simulated data that was made so."),
        ]),
        new ChoiceParameter(StartName, "The first estimate.", "data",
        [
            new Choice("data", "The image less the background: gets closer to the object in fewer iterations."),
            new Choice(Mean, "The mean of the image less the background, everywhere."),
        ]),
    ];

    /// <summary>Reads the checked parameters.</summary>
    public static RichardsonLucyOptions From(ParameterSet parameters) => new(
        parameters.Integer(IterationsName),
        parameters.Number(BackgroundName),
        parameters.Choice(EdgesName) == Periodic,
        parameters.Choice(StartName) == Mean);
}
