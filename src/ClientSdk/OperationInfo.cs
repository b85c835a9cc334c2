namespace InferenceBridge.Client;

/// <summary>What a server says of one of its operations.</summary>
/// <param name="Id">"task/name", stable: "denoise/nlm".</param>
/// <param name="Task">The part of the id before the slash.</param>
/// <param name="Version">Version of the algorithm: it changes whenever results may change.</param>
public sealed record OperationInfo(string Id, string Task, string Version)
{
    /// <summary>One line for a menu.</summary>
    public string Summary { get; init; } = "";

    /// <summary>A paragraph for a help page.</summary>
    public string Description { get; init; } = "";

    /// <summary>The image first, then auxiliary volumes such as a PSF.</summary>
    public IReadOnlyList<InputInfo> Inputs { get; init; } = [];

    /// <summary>Declared parameters.</summary>
    public IReadOnlyList<ParameterInfo> Parameters { get; init; } = [];

    /// <summary>Pixel type of the result unless the request asks for one.</summary>
    public OutputPixelRule OutputPixels { get; init; }

    /// <summary>What it can make beside its result, for requests that ask for it.</summary>
    public IReadOnlyList<SideOutputInfo> SideOutputs { get; init; } = [];

    /// <summary>Licence, citation, weights.</summary>
    public ProvenanceInfo Provenance { get; init; } = new("", "", "", "");

    /// <summary>Finds a declared parameter.</summary>
    /// <param name="name">Its exact name.</param>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.ParameterUnknown"/>; the message lists the names that exist.
    /// </exception>
    public ParameterInfo FindParameter(string name) =>
        Parameters.FirstOrDefault(parameter => parameter.Name == name) ?? throw new InferenceException(
            InferenceError.ParameterUnknown, $"parameters.{name}",
            $"Parameter {name} is not known to {Id}; accepted: "
            + $"{(Parameters.Count == 0 ? "none" : string.Join(", ", Parameters.Select(parameter => parameter.Name)))}.");
}
