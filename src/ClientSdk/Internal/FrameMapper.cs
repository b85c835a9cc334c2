using Google.Protobuf;
using InferenceBridge.Imaging;
using Proto = InferenceBridge.Protocol.V1;

namespace InferenceBridge.Client.Internal;

/// <summary>Frames and their answers to and from the wire.</summary>
internal static class FrameMapper
{
    public static Proto.Frame ToProto(Frame frame, VolumeInfo info)
    {
        var message = new Proto.Frame
        {
            Id = frame.Id,
            TimestampS = frame.TimestampSeconds,
            Data = UnsafeByteOperations.UnsafeWrap(frame.Pixels),
            Crc32C = Crc32C.Compute(frame.Pixels.Span),
            PixelType = VolumeMapper.ToProto(info.PixelType),
            SizeY = info.Shape.Height,
            SizeX = info.Shape.Width,
        };
        if (frame.ZMicrometres is { } z)
        {
            message.ZUm = z;
        }

        return message;
    }

    public static FrameStreamInfo ToInfo(Proto.FramesOpened opened, FrameStreamRequest request)
    {
        CheckSideOutputs(request, opened.SideOutputs.Select(side => side.Name), "The server opened the stream");
        return new FrameStreamInfo(opened.Device, VolumeMapper.ToResult(opened.Result, request.Frame))
        {
            OperationVersion = opened.OperationVersion,
            QueueLength = opened.QueueLength,
            IdleTimeout = TimeSpan.FromSeconds(opened.IdleTimeoutS),
            PredictedMemoryBytes = opened.PredictedMemoryBytes,
            SideOutputs = opened.SideOutputs.ToDictionary(side => side.Name, side => VolumeMapper.ToSideOutput(side, request.Frame), StringComparer.Ordinal),
        };
    }

    public static FrameResult ToResult(Proto.FrameResult result, FrameStreamRequest request)
    {
        CheckSideOutputs(request, result.SideOutputs.Select(side => side.Name), $"The server answered frame {result.Id}");
        CheckSum(result.Data, result.Crc32C, $"frame {result.Id}");
        return new FrameResult(result.Id, result.Data.Memory)
        {
            TimestampSeconds = result.TimestampS,
            ZMicrometres = result.HasZUm ? result.ZUm : null,
            Numbers = new Dictionary<string, double>(result.Numbers),
            SideOutputs = SideOutputs(result),
            ServerLatency = TimeSpan.FromSeconds(result.LatencySeconds),
            QueueTime = TimeSpan.FromSeconds(result.QueueSeconds),
            DroppedIds = [.. result.DroppedIds],
            DroppedTotal = result.DroppedTotal,
        };
    }

    public static FrameStreamSummary ToSummary(Proto.FramesSummary summary) => new(summary.Operation, summary.Device)
    {
        OperationVersion = summary.OperationVersion,
        Received = summary.FramesReceived,
        Answered = summary.FramesAnswered,
        Dropped = summary.FramesDropped,
        DroppedIds = [.. summary.DroppedIds],
        ComputeSeconds = summary.ComputeSeconds,
        TotalSeconds = summary.TotalSeconds,
        MedianLatency = TimeSpan.FromSeconds(summary.LatencyP50Seconds),
        Latency99 = TimeSpan.FromSeconds(summary.LatencyP99Seconds),
        LargestLatency = TimeSpan.FromSeconds(summary.LatencyMaxSeconds),
        Warnings = [.. summary.Warnings],
        Details = new Dictionary<string, string>(summary.Details),
        Parameters = ValueMapper.FromProto(summary.Parameters),
    };

    /// <summary>Adds a part of a state to those before it.</summary>
    public static MemoryStream Add(MemoryStream? state, Proto.StateChunk chunk)
    {
        state ??= new MemoryStream();
        CheckSum(chunk.Data, chunk.Crc32C, "the state");
        if (chunk.Offset != state.Length || chunk.Data.IsEmpty)
        {
            throw Violation($"A part of the state came at {chunk.Offset}; accepted: at {state.Length}.");
        }

        state.Write(chunk.Data.Span);
        return state;
    }

    public static InferenceException Violation(string message) => new(InferenceError.ProtocolViolation, "response", message);

    private static void CheckSideOutputs(FrameStreamRequest request, IEnumerable<string> given, string what)
    {
        if (!request.SideOutputs.SequenceEqual(given, StringComparer.Ordinal))
        {
            throw Violation($"{what} with the side outputs \"{string.Join(", ", given)}\"; accepted: \"{string.Join(", ", request.SideOutputs)}\", as asked for.");
        }
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> SideOutputs(Proto.FrameResult result)
    {
        var sides = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var side in result.SideOutputs)
        {
            CheckSum(side.Data, side.Crc32C, $"{side.Name} of frame {result.Id}");
            sides[side.Name] = side.Data.Memory;
        }

        return sides;
    }

    private static void CheckSum(ByteString data, uint expected, string what)
    {
        if (Crc32C.Compute(data.Span) != expected)
        {
            throw new InferenceException(InferenceError.ChunkCorrupt, "response.crc32c", $"The bytes of {what} came damaged; accepted: those that match their CRC-32C.");
        }
    }
}
