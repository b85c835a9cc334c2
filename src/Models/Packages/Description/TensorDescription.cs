namespace InferenceBridge.Models.Packages;

/// <summary>A tensor that a network takes or gives.</summary>
/// <param name="Id">Its name in the package.</param>
/// <param name="Axes">Its axes, slowest first.</param>
internal sealed record TensorDescription(string Id, IReadOnlyList<AxisDescription> Axes)
{
    /// <summary>A sentence on what it is; may be empty.</summary>
    public string Summary { get; init; } = "";

    /// <summary>True where the network does without it.</summary>
    public bool IsOptional { get; init; }

    /// <summary>What is done to it before or behind the network.</summary>
    public IReadOnlyList<ProcessingStep> Steps { get; init; } = [];

    /// <summary>An example in NumPy's format; null where there is none.</summary>
    public FileReference? TestTensor { get; init; }

    /// <summary>Where it stands: "inputs[0]".</summary>
    public string Path { get; init; } = "";

    public AxisDescription? Axis(AxisKind kind) => Axes.FirstOrDefault(axis => axis.Kind == kind);

    public bool Has(AxisKind kind) => Axis(kind) is not null;

    /// <summary>Channels; 1 where there is no axis of channels, null where their number is free.</summary>
    public int? Channels => Axis(AxisKind.Channel) is not { } axis ? 1 : axis.Size is AxisSize.Fixed size ? size.Length : null;
}

/// <summary>A file of a package.</summary>
/// <param name="Source">Path within the package.</param>
/// <param name="Sha256">Its checksum in lower-case hexadecimal; null where none is given.</param>
/// <param name="Field">Where it is named.</param>
internal sealed record FileReference(string Source, string? Sha256, string Field);
