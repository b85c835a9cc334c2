using InferenceBridge.Imaging;

namespace InferenceBridge.Client;

/// <summary>What became of a job.</summary>
/// <param name="Operation">Id of the operation.</param>
/// <param name="OperationVersion">Version of the algorithm that ran.</param>
/// <param name="Device">Device that really ran it.</param>
/// <param name="Result">Shape, pixel type and calibration of the result.</param>
public sealed record RunSummary(string Operation, string OperationVersion, string Device, VolumeInfo Result)
{
    /// <summary>Version of the server.</summary>
    public string ServerVersion { get; init; } = "";

    /// <summary>How the server meant to run the job before it began; null from a server that did not tell.</summary>
    public RunPlan? Plan { get; init; }

    /// <summary>Memory that the server predicted for the job before it began, on the device and in the server together, in bytes.</summary>
    public long PredictedMemoryBytes { get; init; }

    /// <summary>Seconds that the server waited for the upload.</summary>
    public double UploadSeconds { get; init; }

    /// <summary>Seconds that the server computed. Stages overlap, so their sum may exceed the total.</summary>
    public double ComputeSeconds { get; init; }

    /// <summary>Seconds that the server waited for the client to take results.</summary>
    public double DownloadSeconds { get; init; }

    /// <summary>Seconds from the request to the summary, as the server measured them.</summary>
    public double TotalSeconds { get; init; }

    /// <summary>Seconds from the call of the SDK to the summary, all attempts and pauses included.</summary>
    public double ClientSeconds { get; init; }

    /// <summary>Attempts that it took; 1 where nothing failed.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>
    /// Whether the server kept the image on its disk first, since the operation needs statistics over the whole of it and
    /// <see cref="RunRequest.Statistics"/> had none.
    /// </summary>
    public bool Spooled { get; init; }

    /// <summary>Tiles that were computed.</summary>
    public long Tiles { get; init; }

    /// <summary>Voxels of the image.</summary>
    public long Voxels { get; init; }

    /// <summary>SHA-256 of the weights; empty where there are none.</summary>
    public string WeightsSha256 { get; init; } = "";

    /// <summary>Statistics of the result before it was rounded to its pixel type; null where the server sent none.</summary>
    public IntensityStatistics? ResultStatistics { get; init; }

    /// <summary>What a careful person would want to know: pixels that saturated, a PSF that was normalised, a fallback.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>
    /// How the operation ran, by snake_case name, in words: "algorithm", "iterations_run", "residual", "psf", "blocks". What there
    /// is depends on the operation.
    /// </summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = new Dictionary<string, string>();

    /// <summary>Every parameter with the value that ran, defaults and estimates included.</summary>
    public IReadOnlyDictionary<string, ParameterValue> Parameters { get; init; } = new Dictionary<string, ParameterValue>();
}
