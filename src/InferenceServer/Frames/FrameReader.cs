using Grpc.Core;
using InferenceBridge.Imaging;
using InferenceBridge.Server.Jobs;
using InferenceBridge.Server.Monitoring;

namespace InferenceBridge.Server.Frames;

/// <summary>Reads the messages of a stream and checks them.</summary>
internal sealed class FrameReader(
    IAsyncStreamReader<Proto.FrameRequest> stream, JobTelemetry telemetry, TimeProvider time, InferenceServerOptions options)
{
    private TimeSpan _idle = TimeSpan.FromSeconds(options.ClientIdleSeconds);
    private long? _lastId;

    /// <summary>Frames read.</summary>
    public long Frames { get; private set; }

    /// <summary>The opening, which comes first.</summary>
    public async Task<Proto.OpenFrames> ReadOpeningAsync(CancellationToken cancellation) =>
        await NextAsync(cancellation).ConfigureAwait(false) is { KindCase: Proto.FrameRequest.KindOneofCase.Open } message
            ? message.Open
            : throw Violation("the first message is no opening", "an opening first");

    /// <summary>Auxiliary volumes, whole and in memory.</summary>
    public async Task<IReadOnlyDictionary<string, MemoryVolume>> ReadAuxiliariesAsync(FrameOpening opening, JobClock clock, CancellationToken cancellation)
    {
        _idle = opening.Idle;
        var volumes = new Dictionary<string, MemoryVolume>(StringComparer.Ordinal);
        var reader = new UploadReader(new FrameChunks(stream), clock, new ClientPatience(_idle, time), options.MaxChunkBytes);
        foreach (var (name, info) in opening.Request.Auxiliaries)
        {
            var volume = new MemoryVolume(info);
            await foreach (var chunk in reader.ReadAsync(name, info, cancellation).ConfigureAwait(false))
            {
                var bytes = chunk.Data.Length / chunk.Range.PlaneCount;
                for (var i = 0; i < chunk.Range.PlaneCount; i++)
                {
                    volume.WriteRows(chunk.Range.FirstPlane + i, chunk.Range.FirstRow, chunk.Range.RowCount, chunk.Data.Span.Slice(i * bytes, bytes));
                }
            }

            volumes.Add(name, volume);
        }

        return volumes;
    }

    /// <summary>The state to resume from; null where there is none.</summary>
    public async Task<ReadOnlyMemory<byte>?> ReadStateAsync(long bytes, CancellationToken cancellation)
    {
        if (bytes == 0)
        {
            return null;
        }

        // It grows with what really comes.
        using var state = new MemoryStream();
        while (state.Length < bytes)
        {
            if (await NextAsync(cancellation).ConfigureAwait(false) is not { KindCase: Proto.FrameRequest.KindOneofCase.State, State: var chunk })
            {
                throw new InferenceException(InferenceError.UploadIncomplete, "state", $"{state.Length} bytes of the state have come; accepted: {bytes}, as declared.");
            }

            if (chunk.Offset != state.Length || chunk.Data.IsEmpty || chunk.Data.Length > bytes - state.Length)
            {
                throw new InferenceException(InferenceError.ChunkOutOfOrder, "state.offset",
                    $"A part of the state has {chunk.Data.Length} bytes at {chunk.Offset}; accepted: 1 to {bytes - state.Length} at {state.Length}.");
            }

            CheckSum("state.crc32c", chunk.Data.Span, chunk.Crc32C);
            state.Write(chunk.Data.Span);
        }

        return state.ToArray();
    }

    /// <summary>Reads frames into a queue until the client half-closes, or sends what is refused: then the queue's end says why.</summary>
    public async Task RunAsync(FrameOpening opening, FrameQueue queue, CancellationToken cancellation)
    {
        try
        {
            while (await NextAsync(cancellation).ConfigureAwait(false) is { } message)
            {
                await queue.AddAsync(Item(message, opening.Request.Image), cancellation).ConfigureAwait(false);
            }

            await queue.AddAsync(FrameItem.End, cancellation).ConfigureAwait(false);
        }
        catch (InferenceException fault)
        {
            // What came before is answered first.
            await queue.AddAsync(new FrameItem { Fault = fault }, cancellation).ConfigureAwait(false);
        }
    }

    private FrameItem Item(Proto.FrameRequest message, VolumeInfo info)
    {
        switch (message.KindCase)
        {
            case Proto.FrameRequest.KindOneofCase.Frame:
                Check(message.Frame, info);
                _lastId = message.Frame.Id;
                Frames++;
                telemetry.Received(message.Frame.Data.Length);
                return new FrameItem { Frame = message.Frame, ReceivedAt = time.GetTimestamp() };
            case Proto.FrameRequest.KindOneofCase.Export:
                return new FrameItem { IsExport = true };
            default:
                throw Violation($"{message.KindCase} comes among the frames", "frames and exports");
        }
    }

    private void Check(Proto.Frame frame, VolumeInfo info)
    {
        if (frame.Id <= _lastId)
        {
            throw new InferenceException(InferenceError.ChunkOutOfOrder, "frame.id",
                $"A frame has the id {frame.Id} after {_lastId}, which {(frame.Id == _lastId ? "repeats it" : "goes back")}; accepted: ids above {_lastId}.");
        }

        CheckDeclared(frame, info);
        if (frame.Data.Length != info.TotalBytes)
        {
            var what = frame.Data.IsEmpty ? "is empty" : $"has {frame.Data.Length} bytes";
            throw new InferenceException(InferenceError.ChunkSizeMismatch, "frame.data",
                $"Frame {frame.Id} {what}; accepted: the {info.TotalBytes} of {info.Shape} in {info.PixelType.Name()}, as opened.");
        }

        CheckSum("frame.crc32c", frame.Data.Span, frame.Crc32C);
    }

    private static void CheckDeclared(Proto.Frame frame, VolumeInfo info)
    {
        if (frame.PixelType != Proto.PixelType.Unspecified && (int)frame.PixelType != (int)info.PixelType)
        {
            throw new InferenceException(InferenceError.PixelTypeUnsupported, "frame.pixel_type",
                $"Frame {frame.Id} is of {frame.PixelType}; accepted: {info.PixelType.Name()}, as opened.");
        }

        if ((frame.SizeY != 0 && frame.SizeY != info.Shape.Height) || (frame.SizeX != 0 && frame.SizeX != info.Shape.Width))
        {
            throw new InferenceException(InferenceError.ShapeMismatch, "frame.size_y",
                $"Frame {frame.Id} has {frame.SizeY}×{frame.SizeX} pixels (y×x); accepted: {info.Shape.Height}×{info.Shape.Width}, as opened.");
        }
    }

    private static void CheckSum(string field, ReadOnlySpan<byte> data, uint expected)
    {
        if (Crc32C.Compute(data) is var found && found != expected)
        {
            throw new InferenceException(InferenceError.ChunkCorrupt, field, $"{field} is {expected:x8}, and the bytes have {found:x8}; accepted: the CRC-32C of the bytes.");
        }
    }

    private static InferenceException Violation(string got, string accepted) =>
        new(InferenceError.ProtocolViolation, "request", $"In the stream {got}; accepted: {accepted}.");

    private async Task<Proto.FrameRequest?> NextAsync(CancellationToken cancellation)
    {
        var next = stream.MoveNext(cancellation);
        try
        {
            return await (next.IsCompleted ? next : next.WaitAsync(_idle, time, CancellationToken.None)).ConfigureAwait(false) ? stream.Current : null;
        }
        catch (TimeoutException e) when (!next.IsCompleted)
        {
            throw new InferenceException(InferenceError.DeadlineExceeded, "idle_timeout_s",
                $"The instrument sent nothing for {_idle.TotalSeconds} s and did not close the stream; accepted: less than that. "
                + $"It is the stream's idle_timeout_s, or else InferenceBridge:ClientIdleSeconds, {options.ClientIdleSeconds} s.", e);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.ResourceExhausted)
        {
            throw new InferenceException(InferenceError.ChunkSizeMismatch, "frame.data",
                $"A message is larger than this server takes; accepted: at most {options.MaxChunkBytes} bytes (InferenceBridge:MaxChunkBytes).", e);
        }
        catch (IOException e)
        {
            throw new InferenceException(InferenceError.Cancelled, "", "The client went away.", e);
        }
    }

    /// <summary>The chunks of a stream as those of a volume's upload.</summary>
    private sealed class FrameChunks(IAsyncStreamReader<Proto.FrameRequest> stream) : IAsyncStreamReader<Proto.ProcessRequest>
    {
        public Proto.ProcessRequest Current => new() { Chunk = stream.Current.Chunk };

        public Task<bool> MoveNext(CancellationToken cancellationToken) => stream.MoveNext(cancellationToken);
    }
}
