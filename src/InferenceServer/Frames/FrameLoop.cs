using Google.Protobuf;
using Grpc.Core;
using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Server.Jobs;

namespace InferenceBridge.Server.Frames;

/// <summary>Takes frames from the queue, computes them one by one and answers.</summary>
internal sealed class FrameLoop(
    FrameOpening opening, StreamDevices devices, FrameQueue queue, FrameReader reader, IServerStreamWriter<Proto.FrameResponse> responses,
    JobState state, ClientPatience patience, TimeProvider time)
{
    private const int StateChunkBytes = 1 << 20;

    private readonly LatencyHistogram _latency = new();
    private long _answered;
    private long _lastId;

    /// <summary>Frames answered.</summary>
    public long Answered => _answered;

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var item = await queue.TakeAsync(cancellation).ConfigureAwait(false);
            if (item.Frame is not null)
            {
                await ToldOfDroppedAsync(() => AnswerAsync(item.Frame, item.ReceivedAt, cancellation)).ConfigureAwait(false);
            }
            else if (item.IsExport)
            {
                await ExportAsync(cancellation).ConfigureAwait(false);
            }
            else if (item.Fault is not null)
            {
                await ToldOfDroppedAsync(() => Task.FromException(item.Fault)).ConfigureAwait(false);
            }
            else
            {
                await WriteAsync(new Proto.FrameResponse { Summary = Summary() }).ConfigureAwait(false);
                return;
            }
        }
    }

    // Nothing is lost silently: where no answer follows, the refusal tells which frames had been dropped since the last.
    private async Task ToldOfDroppedAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (InferenceException e) when (queue.TakeDropped() is { Count: > 0 } dropped)
        {
            const int most = 100;
            var ids = string.Join(", ", dropped.Take(most)) + (dropped.Count > most ? $" and {dropped.Count - most} more" : "");
            throw new InferenceException(e.Error, e.Field, $"{e.Message} Frames dropped: {ids}.", e);
        }
    }

    private async Task AnswerAsync(Proto.Frame frame, long receivedAt, CancellationToken cancellation)
    {
        CheckFinite(frame);
        var waited = time.GetElapsedTime(receivedAt).TotalSeconds;
        var result = new byte[opening.Result.TotalBytes];
        var sides = SideOutputs.Buffers(opening.Request.SideOutputs);
        var task = new FrameTask(frame.Id, frame.Data.Memory, result)
        {
            TimestampSeconds = frame.TimestampS, ZMicrometres = frame.HasZUm ? frame.ZUm : null, SideResults = sides,
        };
        await devices.ProcessAsync(task, cancellation).ConfigureAwait(false);
        state.SaturatedVoxels += task.SaturatedPixels;
        var latency = time.GetElapsedTime(receivedAt).TotalSeconds;
        _latency.Add(latency);
        var answer = new Proto.FrameResult
        {
            Id = frame.Id,
            TimestampS = frame.TimestampS,
            Data = UnsafeByteOperations.UnsafeWrap(result),
            Crc32C = Crc32C.Compute(result),
            LatencySeconds = latency,
            QueueSeconds = waited,
            DroppedIds = { queue.TakeDropped() },
            DroppedTotal = queue.DroppedTotal,
        };
        if (frame.HasZUm)
        {
            answer.ZUm = frame.ZUm;
        }

        answer.Numbers.Add(task.Numbers);
        answer.SideOutputs.Add(opening.Request.SideOutputs.Select(side => Side(side.Name, sides[side.Name])));
        _lastId = frame.Id;
        await WriteAsync(new Proto.FrameResponse { Result = answer }).ConfigureAwait(false);
        _answered++;
        state.Telemetry.Sent(result.Length);
        var planes = opening.Request.Image.Shape.PlaneCount;
        state.Telemetry.Progressed(new Proto.Progress
        {
            Stage = "computing", PlanesReceived = reader.Frames * planes, PlanesComputed = _answered * planes, PlanesTotal = reader.Frames * planes,
        });
    }

    private static Proto.SideResult Side(string name, ReadOnlyMemory<byte> data) =>
        new() { Name = name, Data = UnsafeByteOperations.UnsafeWrap(data), Crc32C = Crc32C.Compute(data.Span) };

    private void CheckFinite(Proto.Frame frame)
    {
        if (!opening.Operation.Declaration.RequiresFiniteImage)
        {
            return;
        }

        var image = opening.Request.Image;
        try
        {
            FiniteCheck.Check(image, new ChunkRange(0, (int)image.Shape.PlaneCount, 0, image.Shape.Height), frame.Data.Span);
        }
        catch (InferenceException e)
        {
            throw new InferenceException(e.Error, "frame.data", $"Frame {frame.Id}: {e.Message}", e);
        }
    }

    private async Task ExportAsync(CancellationToken cancellation)
    {
        var bytes = await devices.ExportAsync(cancellation).ConfigureAwait(false);
        for (var offset = 0; offset < bytes.Length; offset += StateChunkBytes)
        {
            var part = bytes.AsMemory(offset, Math.Min(StateChunkBytes, bytes.Length - offset));
            await WriteAsync(new Proto.FrameResponse
            {
                State = new Proto.StateChunk
                {
                    Offset = offset, TotalBytes = bytes.Length, Data = UnsafeByteOperations.UnsafeWrap(part), Crc32C = Crc32C.Compute(part.Span), LastFrameId = _lastId,
                },
            }).ConfigureAwait(false);
        }
    }

    private Proto.FramesSummary Summary()
    {
        if (state.SaturatedVoxels > 0)
        {
            state.Warn($"{state.SaturatedVoxels} pixels lay outside of {opening.Request.OutputPixelType.Name()} and were saturated; "
                + "ask for float32 results to keep their values.");
        }

        var declaration = opening.Operation.Declaration;
        var summary = new Proto.FramesSummary
        {
            Operation = declaration.Id,
            OperationVersion = declaration.Version,
            ServerVersion = ServerVersion.Text,
            Device = state.Device,
            FramesReceived = reader.Frames,
            FramesAnswered = _answered,
            FramesDropped = queue.DroppedTotal,
            DroppedIds = { queue.TakeDropped() },
            ComputeSeconds = state.Clock.ComputeSeconds,
            TotalSeconds = state.Clock.TotalSeconds,
            LatencyP50Seconds = _latency.Quantile(0.5),
            LatencyP99Seconds = _latency.Quantile(0.99),
            LatencyMaxSeconds = _latency.Maximum,
            WeightsSha256 = declaration.Provenance.WeightsSha256,
            Warnings = { state.Warnings, devices.Job.Warnings },
        };
        foreach (var (name, value) in opening.Request.Parameters.Values)
        {
            summary.Parameters[name] = ProtoMapping.Value(value);
        }

        foreach (var (name, value) in devices.Job.Details)
        {
            summary.Details[name] = value;
        }

        return summary;
    }

    // Cancelling a write under way would reset the stream, and the client would never learn why.
    private ValueTask WriteAsync(Proto.FrameResponse message) => patience.WaitAsync(responses.WriteAsync(message, CancellationToken.None), "take an answer");
}
