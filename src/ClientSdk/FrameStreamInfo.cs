using InferenceBridge.Imaging;

namespace InferenceBridge.Client;

/// <summary>How the server runs a stream.</summary>
/// <param name="Device">Device that computes.</param>
/// <param name="Result">Shape and pixel type of the result of a frame.</param>
public sealed record FrameStreamInfo(string Device, VolumeInfo Result)
{
    /// <summary>Version of the algorithm.</summary>
    public string OperationVersion { get; init; } = "";

    /// <summary>Shape of the side outputs of a frame that were asked for, by name, in float32.</summary>
    public IReadOnlyDictionary<string, VolumeInfo> SideOutputs { get; init; } = new Dictionary<string, VolumeInfo>();

    /// <summary>Frames that wait in the server at most.</summary>
    public int QueueLength { get; init; }

    /// <summary>Time that the instrument may be silent.</summary>
    public TimeSpan IdleTimeout { get; init; }

    /// <summary>Memory that the stream is predicted to take on the device and in the server, in bytes.</summary>
    public long PredictedMemoryBytes { get; init; }
}

/// <summary>What became of a stream.</summary>
/// <param name="Operation">Id of the operation.</param>
/// <param name="Device">Device that computed.</param>
public sealed record FrameStreamSummary(string Operation, string Device)
{
    /// <summary>Version of the algorithm.</summary>
    public string OperationVersion { get; init; } = "";

    /// <summary>Frames that the server read.</summary>
    public long Received { get; init; }

    /// <summary>Frames that it answered.</summary>
    public long Answered { get; init; }

    /// <summary>Frames that it dropped.</summary>
    public long Dropped { get; init; }

    /// <summary>Ids of frames dropped after the last answer.</summary>
    public IReadOnlyList<long> DroppedIds { get; init; } = [];

    /// <summary>Seconds of computing.</summary>
    public double ComputeSeconds { get; init; }

    /// <summary>Seconds from the opening to the end.</summary>
    public double TotalSeconds { get; init; }

    /// <summary>What half of the answers took at most in the server, to a few percent.</summary>
    public TimeSpan MedianLatency { get; init; }

    /// <summary>What 99% of them took at most.</summary>
    public TimeSpan Latency99 { get; init; }

    /// <summary>What the slowest took.</summary>
    public TimeSpan LargestLatency { get; init; }

    /// <summary>What a careful person would want to know.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>How the operation ran, by snake_case name.</summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = new Dictionary<string, string>();

    /// <summary>Every parameter with the value that ran.</summary>
    public IReadOnlyDictionary<string, ParameterValue> Parameters { get; init; } = new Dictionary<string, ParameterValue>();
}
