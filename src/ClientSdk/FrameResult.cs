namespace InferenceBridge.Client;

/// <summary>The answer to one frame.</summary>
/// <param name="Id">The frame's.</param>
/// <param name="Pixels">Little-endian pixels of the result, X fastest, then Y, Z, C.</param>
public sealed record FrameResult(long Id, ReadOnlyMemory<byte> Pixels)
{
    /// <summary>The frame's, in seconds.</summary>
    public double TimestampSeconds { get; init; }

    /// <summary>The frame's, in µm; null where none was sent.</summary>
    public double? ZMicrometres { get; init; }

    /// <summary>What the operation found, by snake_case name: "shift_y", "shift_x", ...</summary>
    public IReadOnlyDictionary<string, double> Numbers { get; init; } = new Dictionary<string, double>();

    /// <summary>The side outputs that were asked for, by name: little-endian float32, X fastest, then Y, Z, C, of the shape in <see cref="FrameStreamInfo.SideOutputs"/>.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> SideOutputs { get; init; } = new Dictionary<string, ReadOnlyMemory<byte>>();

    /// <summary>Time from when the server had read the frame to when its answer was ready.</summary>
    public TimeSpan ServerLatency { get; init; }

    /// <summary>The part of it that the frame waited for its turn.</summary>
    public TimeSpan QueueTime { get; init; }

    /// <summary>Ids of frames dropped since the answer before this one.</summary>
    public IReadOnlyList<long> DroppedIds { get; init; } = [];

    /// <summary>Frames dropped since the stream was opened.</summary>
    public long DroppedTotal { get; init; }
}
