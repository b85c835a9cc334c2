namespace InferenceBridge.Models;

/// <summary>Parameters that all deconvolutions declare alike.</summary>
internal static class DeconvolutionOptions
{
    public const string BackgroundName = "background";

    private const string EdgesName = "edges";
    private const string Periodic = "periodic";

    public static ParameterDeclaration BackgroundParameter { get; } = new NumberParameter(BackgroundName,
        "Camera offset and stray light under the whole image. The model is the blurred estimate plus this; the result is without it.",
        0, 0, 1e9, "ADU");

    public static ParameterDeclaration EdgesParameter { get; } = new ChoiceParameter(EdgesName, "What lies beyond the image's faces.", "padded",
    [
        new Choice("padded", "Nobody knows: Richardson–Lucy estimates objects within the PSF's reach along with the image (Bertero and "
            + "Boccacci 2005), the linear filters take the image's mirror."),
        new Choice(Periodic, "The opposite face of the image: fastest, right for simulated data that was made so."),
    ]);

    public static bool IsPeriodic(ParameterSet parameters) => parameters.Choice(EdgesName) == Periodic;
}
