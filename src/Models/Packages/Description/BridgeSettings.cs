namespace InferenceBridge.Models.Packages;

/// <summary>The section config.inferencebridge of a description: what the format has no words for.</summary>
internal sealed record BridgeSettings
{
    /// <summary>Id of the operation, "denoise/rauden"; null for run/FOLDER.</summary>
    public string? Operation { get; init; }

    /// <summary>True where every output pixel depends on the whole image; null where nothing is said, and it is measured.</summary>
    public bool? IsGlobal { get; init; }

    /// <summary>How far an output pixel looks along z, y and x; null where nothing is said.</summary>
    public (int Z, int Y, int X)? Reach { get; init; }

    /// <summary>True where the input's channels are a slice and its neighbours along z.</summary>
    public bool ChannelsAreSlices { get; init; }

    /// <summary>True where results are to be brought back to the input's scale, by undoing its normalisation.</summary>
    public bool RestoresScale { get; init; }

    /// <summary>True where the network takes images whose noise has the same strength everywhere, as <see cref="StabilisedDomain"/> has it, and gives such.</summary>
    public bool Stabilises { get; init; }

    /// <summary>Peak memory of the network for each pixel of its input, in bytes; null where it is estimated.</summary>
    public int? DeviceBytesPerVoxel { get; init; }

    /// <summary>Metrics, the commit that trained it and the like, in words.</summary>
    public string Notes { get; init; } = "";
}
