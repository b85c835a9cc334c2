namespace InferenceBridge.Imaging;

/// <summary>
/// Checks that the chunks of one volume come in order, without gap, repetition or excess, and with the right number of
/// bytes. Both ends of a call use it on what they receive.
/// </summary>
/// <param name="info">The declared volume.</param>
/// <param name="input">Name of the input for messages: "image", "psf", "result".</param>
public sealed class ChunkSequence(VolumeInfo info, string input)
{
    private long _plane;
    private int _row;

    /// <summary>Whole planes that have come.</summary>
    public long PlanesReceived => _plane;

    /// <summary>True when every plane has come.</summary>
    public bool IsComplete => _plane == info.Shape.PlaneCount;

    /// <summary>Accepts the next chunk.</summary>
    /// <param name="firstPlane">As declared in the chunk.</param>
    /// <param name="planeCount">As declared in the chunk.</param>
    /// <param name="firstRow">As declared in the chunk.</param>
    /// <param name="rowCount">As declared in the chunk; 0 means whole planes.</param>
    /// <param name="data">The chunk's bytes.</param>
    /// <param name="crc">CRC-32C as declared in the chunk.</param>
    /// <returns>The checked range.</returns>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.ChunkOutOfOrder"/>, <see cref="InferenceError.ChunkSizeMismatch"/> or <see cref="InferenceError.ChunkCorrupt"/>.
    /// </exception>
    public ChunkRange Accept(long firstPlane, long planeCount, long firstRow, long rowCount, ReadOnlySpan<byte> data, uint crc)
    {
        var range = CheckOrder(firstPlane, planeCount, firstRow, rowCount);
        var rowBytes = (Int128)info.Shape.Width * info.PixelType.BytesPerPixel();
        var expected = rowBytes * range.RowCount * range.PlaneCount;
        if (data.Length != expected)
        {
            throw new InferenceException(InferenceError.ChunkSizeMismatch, $"{input}.chunk.data",
                $"Chunk of {input} from plane {firstPlane}: {data.Length} bytes; accepted: {expected}, which is "
                + $"{range.PlaneCount} plane(s) of {range.RowCount}×{info.Shape.Width} pixels of {info.PixelType.Name()}.");
        }

        var computed = Crc32C.Compute(data);
        if (computed != crc)
        {
            throw new InferenceException(InferenceError.ChunkCorrupt, $"{input}.chunk.crc32c",
                $"Chunk of {input} from plane {firstPlane}: the bytes have CRC-32C {computed:x8}, the chunk declares {crc:x8}; "
                + "accepted: equal values (initial value and final XOR 0xFFFFFFFF).");
        }

        var endRow = range.FirstRow + range.RowCount;
        (_plane, _row) = endRow == info.Shape.Height ? (_plane + range.PlaneCount, 0) : (_plane, endRow);
        return range;
    }

    /// <summary>Checks that nothing is missing.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.UploadIncomplete"/>.</exception>
    public void CheckComplete()
    {
        if (!IsComplete)
        {
            throw new InferenceException(InferenceError.UploadIncomplete, input,
                $"The stream of {input} ended at plane {_plane}, row {_row}; accepted: all {info.Shape.PlaneCount} planes of {info.Shape}.");
        }
    }

    private ChunkRange CheckOrder(long firstPlane, long planeCount, long firstRow, long rowCount)
    {
        var wholePlanes = rowCount == 0;
        var rows = wholePlanes ? info.Shape.Height : rowCount;
        var inOrder = firstPlane == _plane && firstRow == _row;
        var fits = planeCount >= 1 && planeCount <= info.Shape.PlaneCount - _plane && planeCount <= int.MaxValue
            && rows >= 1 && rows <= info.Shape.Height - _row
            && (planeCount == 1 || rows == info.Shape.Height);
        if (inOrder && fits)
        {
            return new ChunkRange(firstPlane, (int)planeCount, (int)firstRow, (int)rows);
        }

        var got = $"planes {firstPlane} to {(Int128)firstPlane + planeCount - 1}, rows {firstRow} to {(Int128)firstRow + rows - 1}";
        var accepted = IsComplete
            ? $"nothing, since all {info.Shape.PlaneCount} planes have come"
            : $"plane {_plane} from row {_row}, up to plane {info.Shape.PlaneCount - 1} and row {info.Shape.Height - 1}";
        throw new InferenceException(InferenceError.ChunkOutOfOrder, $"{input}.chunk.first_plane",
            $"Chunk of {input} holds {got}; accepted: {accepted}.");
    }
}
