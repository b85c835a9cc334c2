namespace InferenceBridge.Imaging;

/// <summary>One operation that an image went through.</summary>
/// <param name="Operation">Id of the operation, such as "denoise/nlm".</param>
/// <param name="OperationVersion">Version of the algorithm.</param>
/// <param name="Date">When it ran; written in UTC to the second.</param>
public sealed record ProvenanceEntry(string Operation, string OperationVersion, DateTimeOffset Date)
{
    /// <summary>Every parameter with the value that ran, in invariant culture.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>SHA-256 of the weights; empty where there are none.</summary>
    public string WeightsSha256 { get; init; } = "";

    /// <summary>Device that ran it.</summary>
    public string Device { get; init; } = "";

    /// <summary>Version of the server.</summary>
    public string ServerVersion { get; init; } = "";

    /// <summary>Name of the file that was processed, without its folder; empty where it is not known.</summary>
    public string Source { get; init; } = "";
}
