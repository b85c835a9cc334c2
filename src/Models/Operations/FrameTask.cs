namespace InferenceBridge.Models;

/// <summary>One frame to compute.</summary>
/// <param name="Id">The sender's id, or the number along T.</param>
/// <param name="Pixels">Little-endian pixels, X fastest, then Y, Z, C.</param>
/// <param name="Result">Takes the pixels of the result; empty in a pass that only looks.</param>
public sealed record FrameTask(long Id, ReadOnlyMemory<byte> Pixels, Memory<byte> Result)
{
    /// <summary>When it was taken, in seconds of the instrument's clock.</summary>
    public double TimestampSeconds { get; init; }

    /// <summary>Position of the stage in µm; null where it is not known.</summary>
    public double? ZMicrometres { get; init; }

    /// <summary>
    /// Take the side outputs that were asked for, by name: little-endian float32, X fastest, then Y, Z, C, of the shape in the plan. Empty
    /// in a pass that only looks.
    /// </summary>
    public IReadOnlyDictionary<string, Memory<byte>> SideResults { get; init; } = new Dictionary<string, Memory<byte>>(StringComparer.Ordinal);

    /// <summary>What was found, by snake_case name.</summary>
    public Dictionary<string, double> Numbers { get; } = new(StringComparer.Ordinal);

    /// <summary>Pixels that lay outside of the result's type.</summary>
    public long SaturatedPixels { get; set; }
}
