namespace InferenceBridge.Client;

/// <summary>One frame of an instrument.</summary>
/// <param name="Id">Above the id of the frame before.</param>
/// <param name="Pixels">Little-endian pixels, X fastest, then Y, Z, C; not to be changed until the frame is sent.</param>
public sealed record Frame(long Id, ReadOnlyMemory<byte> Pixels)
{
    /// <summary>When it was taken, in seconds of the instrument's clock.</summary>
    public double TimestampSeconds { get; init; }

    /// <summary>Position of the stage along z in µm; null where it is not known.</summary>
    public double? ZMicrometres { get; init; }
}
