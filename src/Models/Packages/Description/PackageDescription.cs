namespace InferenceBridge.Models.Packages;

/// <summary>A bioimage.io model description, whatever its version of the format.</summary>
/// <param name="File">Name of the file that it was read from.</param>
/// <param name="FormatVersion">"0.5.4".</param>
/// <param name="Name">What people call the model.</param>
internal sealed record PackageDescription(string File, string FormatVersion, string Name)
{
    public string Summary { get; init; } = "";

    /// <summary>Version of the model; empty where none is given.</summary>
    public string Version { get; init; } = "";

    public string Licence { get; init; } = "";

    public string Citation { get; init; } = "";

    public string TrainingData { get; init; } = "";

    public IReadOnlyList<TensorDescription> Inputs { get; init; } = [];

    public IReadOnlyList<TensorDescription> Outputs { get; init; } = [];

    public required WeightsDescription Weights { get; init; }

    /// <summary>What this project adds to the format.</summary>
    public BridgeSettings Bridge { get; init; } = new();

    public Tolerance Tolerance { get; init; } = new();

    /// <summary>Every file that the description needs.</summary>
    public IEnumerable<FileReference> Files =>
        [Weights.File, .. Inputs.Concat(Outputs).Select(tensor => tensor.TestTensor).OfType<FileReference>()];
}

/// <summary>The weights that are used.</summary>
/// <param name="File">TorchScript, or safetensors for a network that the program builds itself.</param>
/// <param name="Network">What the program builds; null for TorchScript.</param>
internal sealed record WeightsDescription(FileReference File, NetworkDescription? Network);

/// <summary>A network that the program builds itself.</summary>
/// <param name="Architecture">Name that an <see cref="INetworkFactory"/> knows.</param>
/// <param name="Options">Its settings, as texts.</param>
internal sealed record NetworkDescription(string Architecture, IReadOnlyDictionary<string, string> Options);

/// <summary>How far a test output may be from the stated one.</summary>
internal sealed record Tolerance
{
    public double Absolute { get; init; } = 1e-3;

    public double Relative { get; init; } = 1e-3;

    /// <summary>Elements in a million that may be farther off.</summary>
    public double MismatchedPerMillion { get; init; } = 100;
}
