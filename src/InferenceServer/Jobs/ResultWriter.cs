using System.Buffers;
using System.Threading.Channels;
using Google.Protobuf;
using Grpc.Core;
using InferenceBridge.Imaging;

namespace InferenceBridge.Server.Jobs;

/// <summary>The one place that writes to the client. Result chunks wait in a queue of bounded bytes.</summary>
internal sealed class ResultWriter(IServerStreamWriter<Proto.ProcessResponse> stream, long queueBytes, JobClock clock, ClientPatience patience)
{
    // Progress of a client that does not read is dropped beyond this.
    private const int MaximumPending = 256;

    private readonly Channel<Item> _queue = Channel.CreateUnbounded<Item>();
    private readonly ByteGate _gate = new(queueBytes);

    /// <summary>Queues a message unless the client lags far behind.</summary>
    public void Post(Proto.ProcessResponse message)
    {
        if (_queue.Reader.Count < MaximumPending)
        {
            _queue.Writer.TryWrite(new Item(message, null, 0));
        }
    }

    /// <summary>Queues a small message that must arrive; there are no more of them than of chunks.</summary>
    public void Add(Proto.ProcessResponse message) => _queue.Writer.TryWrite(new Item(message, null, 0));

    /// <summary>Queues pixels of the result or of a side output, waiting for a place.</summary>
    /// <param name="volume">The result, or the side output.</param>
    /// <param name="range">What the pixels are.</param>
    /// <param name="rented">Buffer from the shared pool; it belongs to the writer from here on.</param>
    /// <param name="length">Bytes of it that count.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="sideOutput">Name of the side output; empty for the result.</param>
    public async ValueTask WriteAsync(
        VolumeInfo volume, ChunkRange range, byte[] rented, int length, CancellationToken cancellation, string sideOutput = "")
    {
        await _gate.TakeAsync(length, cancellation).ConfigureAwait(false);
        var data = rented.AsMemory(0, length);
        var whole = range.RowCount == volume.Shape.Height;
        var chunk = new Proto.Chunk
        {
            Input = sideOutput,
            FirstPlane = range.FirstPlane,
            PlaneCount = range.PlaneCount,
            FirstRow = range.FirstRow,
            RowCount = whole ? 0 : range.RowCount,
            Data = UnsafeByteOperations.UnsafeWrap(data),
            Crc32C = Crc32C.Compute(data.Span),
        };
        _queue.Writer.TryWrite(new Item(new Proto.ProcessResponse { Chunk = chunk }, rented, length));
    }

    /// <summary>Queues the last message.</summary>
    public void Finish(Proto.ProcessResponse message)
    {
        _queue.Writer.TryWrite(new Item(message, null, 0));
        _queue.Writer.TryComplete();
    }

    /// <summary>Writes until the message of <see cref="Finish"/> is out.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await foreach (var item in _queue.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            var start = clock.Now;

            // Cancelling a write under way would reset the stream, and the client would never learn why: a failed job lets
            // it end. Where the client is gone, it ends by itself.
            await patience.WaitAsync(stream.WriteAsync(item.Message, CancellationToken.None), "take a result").ConfigureAwait(false);
            if (item.Rented is not null)
            {
                clock.AddDownload(start);
                // The message has been copied to the transport: its buffer is free. After a failed write it is not reused.
                ArrayPool<byte>.Shared.Return(item.Rented);
                _gate.Return(item.Length);
            }
        }
    }

    private sealed record Item(Proto.ProcessResponse Message, byte[]? Rented, int Length);
}
