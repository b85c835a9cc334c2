namespace InferenceBridge.Client;

/// <summary>What a server says of itself.</summary>
/// <param name="Version">Semantic version, such as "0.1.0".</param>
public sealed record ServerInfo(string Version)
{
    /// <summary>Devices that can run operations; the first one is used unless it fails.</summary>
    public IReadOnlyList<DeviceInfo> Devices { get; init; } = [];

    /// <summary>Version of libtorch that runs the tensors.</summary>
    public string TorchVersion { get; init; } = "";

    /// <summary>Largest data of one chunk that the server accepts, in bytes.</summary>
    public long MaxChunkBytes { get; init; }

    /// <summary>Largest volume that the server accepts as one input, in bytes.</summary>
    public long MaxVolumeBytes { get; init; }
}
