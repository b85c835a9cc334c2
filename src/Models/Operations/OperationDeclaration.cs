namespace InferenceBridge.Models;

/// <summary>What an operation is, for the catalogue and for every client that is built from it.</summary>
/// <param name="Id">"task/name", lower case and stable: "denoise/nlm".</param>
/// <param name="Version">Version of the algorithm; it changes whenever results may change.</param>
/// <param name="Summary">One line for a menu.</param>
public sealed record OperationDeclaration(string Id, string Version, string Summary)
{
    /// <summary>The part of the id before the slash.</summary>
    public string Task => Id[..Id.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>A paragraph for a help page; may cite the paper.</summary>
    public string Description { get; init; } = "";

    /// <summary>The image first, then auxiliary volumes such as a PSF.</summary>
    public IReadOnlyList<InputRole> Inputs { get; init; } = [InputRole.Image];

    /// <summary>Parameters in the order in which a form shows them.</summary>
    public IReadOnlyList<ParameterDeclaration> Parameters { get; init; } = [];

    /// <summary>Pixel type of the result unless the request asks for another.</summary>
    public ResultPixelType ResultPixelType { get; init; } = ResultPixelType.SameAsImage;

    /// <summary>False for operations that pass NaN and infinity through; others refuse images that hold them.</summary>
    public bool RequiresFiniteImage { get; init; } = true;

    /// <summary>True where the frames of a movie, an image of one channel and one slice, are taken for slices: neighbours of each other.</summary>
    public bool JoinsFrames { get; init; }

    /// <summary>What the operation can make beside its result, for callers that ask for it.</summary>
    public IReadOnlyList<SideOutput> SideOutputs { get; init; } = [];

    /// <summary>Licence, citation, weights.</summary>
    public Provenance Provenance { get; init; } = new();
}

/// <summary>A second volume that an operation can make, in float32: the displacement field of a registration.</summary>
/// <param name="Name">Name that requests and chunks refer to: "displacement".</param>
/// <param name="Help">What its channels hold, in which unit.</param>
public sealed record SideOutput(string Name, string Help);

/// <summary>Part that a volume plays in an operation.</summary>
/// <param name="Name">Name that chunks refer to: "image", "psf".</param>
/// <param name="Help">What it is.</param>
/// <param name="Required">Whether a request must bring it.</param>
public sealed record InputRole(string Name, string Help, bool Required = true)
{
    /// <summary>Name of the image in every operation.</summary>
    public const string ImageName = "image";

    /// <summary>The image that is processed.</summary>
    public static InputRole Image { get; } = new(ImageName, "The image to process.");
}

/// <summary>Rule for the pixel type of a result.</summary>
public enum ResultPixelType
{
    /// <summary>As the image; values are rounded and saturated.</summary>
    SameAsImage,

    /// <summary>float32.</summary>
    Float32,
}

/// <summary>Where an operation comes from.</summary>
public sealed record Provenance
{
    /// <summary>SPDX id of the licence of the weights, or of the code where there are no weights.</summary>
    public string Licence { get; init; } = "MIT";

    /// <summary>How to cite the method.</summary>
    public string Citation { get; init; } = "";

    /// <summary>SHA-256 of the weights in lower-case hexadecimal; empty where there are none.</summary>
    public string WeightsSha256 { get; init; } = "";

    /// <summary>What the weights were trained on; empty where there are none.</summary>
    public string TrainingData { get; init; } = "";
}
