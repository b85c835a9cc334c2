using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>Checked parameters of <see cref="MedianOperation"/>.</summary>
/// <param name="RadiusXy">Half of the window along y and x in px.</param>
/// <param name="RadiusZ">Half of the window along z in slices.</param>
internal sealed record MedianOptions(int RadiusXy, int RadiusZ)
{
    private const string RadiusXyName = "radius_xy";
    private const string RadiusZName = "radius_z";

    /// <summary>What the operation declares.</summary>
    public static IReadOnlyList<ParameterDeclaration> Declarations { get; } =
    [
        new IntegerParameter(RadiusXyName, "The window has 2 × radius + 1 pixels along y and x. 0 leaves these axes alone.", 1, 0, 10, "px"),
        new IntegerParameter(RadiusZName, "The window has 2 × radius + 1 slices along z. 0 filters plane by plane.", 0, 0, 5, "px"),
    ];

    /// <summary>Half of the window, which is what a tile must see beyond its core.</summary>
    public Halo Radius => new(RadiusZ, RadiusXy, RadiusXy);

    /// <summary>Voxels of the window.</summary>
    public int WindowElements => ((2 * RadiusZ) + 1) * ((2 * RadiusXy) + 1) * ((2 * RadiusXy) + 1);

    /// <summary>Reads the checked parameters.</summary>
    public static MedianOptions From(ParameterSet parameters) =>
        new(parameters.Integer(RadiusXyName), parameters.Integer(RadiusZName));
}
