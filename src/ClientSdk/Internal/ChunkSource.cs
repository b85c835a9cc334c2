using System.Buffers;
using Google.Protobuf;
using InferenceBridge.Imaging;
using Proto = InferenceBridge.Protocol.V1;

namespace InferenceBridge.Client.Internal;

/// <summary>
/// Reads a volume chunk by chunk, one chunk ahead of the one that is being sent, into two buffers that take turns.
/// </summary>
internal sealed class ChunkSource : IAsyncDisposable
{
    private readonly JobInput _input;
    private readonly IEnumerator<ChunkRange> _ranges;
    private readonly byte[][] _buffers;
    private Task<PreparedChunk?> _next;
    private int _turn;

    public ChunkSource(JobInput input)
    {
        _input = input;
        var info = input.Reader.Info;
        _ranges = ChunkLayout.Split(info, 0, info.Shape.PlaneCount).GetEnumerator();
        var bytes = BufferBytes(input);
        _buffers = [ArrayPool<byte>.Shared.Rent(bytes), ArrayPool<byte>.Shared.Rent(bytes)];
        _next = PrepareNext();
    }

    /// <summary>
    /// The next chunk, or null at the end. The chunk's bytes hold until the call after this one: by then it must be sent.
    /// </summary>
    public async Task<PreparedChunk?> NextAsync()
    {
        var chunk = await _next.ConfigureAwait(false);
        if (chunk is not null)
        {
            _next = PrepareNext();
        }

        return chunk;
    }

    public async ValueTask DisposeAsync()
    {
        // The reader and the buffer must be at rest before they go back to their owners.
        await ((Task)_next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ranges.Dispose();
        foreach (var buffer in _buffers)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int BufferBytes(JobInput input)
    {
        var info = input.Reader.Info;
        var rowBytes = (long)info.Shape.Width * info.PixelType.BytesPerPixel();
        var bytes = Math.Max(rowBytes, Math.Min(ChunkLayout.DefaultChunkBytes, info.TotalBytes));
        return bytes <= Array.MaxLength
            ? (int)bytes
            : throw new InferenceException(InferenceError.VolumeTooLarge, input.Name,
                $"One row of {input.Name} takes {rowBytes} bytes; accepted: at most {Array.MaxLength}.");
    }

    private Task<PreparedChunk?> PrepareNext()
    {
        if (!_ranges.MoveNext())
        {
            return Task.FromResult<PreparedChunk?>(null);
        }

        var range = _ranges.Current;
        var buffer = _buffers[_turn];
        _turn = 1 - _turn;
        return Task.Run<PreparedChunk?>(() => Prepare(range, buffer));
    }

    private PreparedChunk Prepare(ChunkRange range, byte[] buffer)
    {
        var shape = _input.Reader.Info.Shape;
        var rowsBytes = checked(range.RowCount * shape.Width * _input.Reader.Info.PixelType.BytesPerPixel());
        for (var i = 0; i < range.PlaneCount; i++)
        {
            _input.Reader.ReadRows(range.FirstPlane + i, range.FirstRow, range.RowCount, buffer.AsSpan(i * rowsBytes, rowsBytes));
        }

        var data = buffer.AsMemory(0, range.PlaneCount * rowsBytes);
        var message = new Proto.ProcessRequest
        {
            Chunk = new Proto.Chunk
            {
                Input = _input.Name,
                FirstPlane = range.FirstPlane,
                PlaneCount = range.PlaneCount,
                FirstRow = range.FirstRow,
                RowCount = range.RowCount == shape.Height ? 0 : range.RowCount,
                // The message is serialised before WriteAsync returns, so the buffer may be used again after it.
                Data = UnsafeByteOperations.UnsafeWrap(data),
                Crc32C = Crc32C.Compute(data.Span),
            },
        };
        var endsPlane = range.FirstRow + range.RowCount == shape.Height;
        return new PreparedChunk(message, endsPlane ? range.PlaneCount : 0);
    }
}
