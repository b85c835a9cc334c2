using Google.Protobuf;
using Grpc.Core;
using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Call = Grpc.Core.AsyncDuplexStreamingCall<InferenceBridge.Protocol.V1.FrameRequest, InferenceBridge.Protocol.V1.FrameResponse>;

namespace InferenceBridge.Server.Tests.Frames;

public class FrameServiceTests
{
    private static readonly VolumeShape Shape = new(1, 6, 8);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Stream_DropOldest_AnswersTheNewestAndReportsEveryOther()
    {
        using var gate = new GatedFrameOperation();
        await using var server = await StartAsync(gate);
        using var call = await OpenAsync(server, new Proto.OpenFrames { DropPolicy = Proto.DropPolicy.Oldest, QueueLength = 2 });
        await SendAsync(call, 1);
        await gate.EnteredAsync();

        // Frame 1 is computed; of those that follow, the queue holds two. The server has read them all when the status says so.
        for (var id = 2; id <= 8; id++)
        {
            await SendAsync(call, id);
        }

        await call.RequestStream.CompleteAsync();
        Assert.Equal(8 * 48, await ReceivedAsync(server, 8 * 48));
        gate.Release(3);
        var messages = await ReadAllAsync(call);

        var results = messages.Where(message => message.Result is not null).Select(message => message.Result).ToArray();
        Assert.Equal([1, 7, 8], results.Select(result => result.Id));
        Assert.Equal([2, 3, 4, 5, 6], results.SelectMany(result => result.DroppedIds));
        Assert.Equal(5, results[^1].DroppedTotal);
        var summary = messages[^1].Summary;
        Assert.Equal((8, 3, 5), (summary.FramesReceived, summary.FramesAnswered, summary.FramesDropped));
    }

    [Fact(Timeout = 120_000)]
    public async Task Stream_Block_MakesTheSenderWaitAndLosesNothing()
    {
        using var gate = new GatedFrameOperation();
        await using var server = await StartAsync(gate);

        // Frames of 1 MiB: the way to the server holds a few tens of them, however long the sender goes on.
        const int frames = 120;
        var shape = new VolumeShape(1, 1024, 1024);
        using var call = await OpenAsync(server, new Proto.OpenFrames { QueueLength = 2 }, shape);
        var sending = Task.Run(async () =>
        {
            for (var id = 1; id <= frames; id++)
            {
                await SendAsync(call, id, (int)shape.ElementCount);
            }

            await call.RequestStream.CompleteAsync();
        }, Cancellation);
        var reading = ReadAllAsync(call);
        for (var computed = 0; computed < 5; computed++)
        {
            // One is computed, two wait, and one has been read and finds no place: the server reads no further until one is done.
            await gate.EnteredAsync();
            Assert.Equal(computed + 4, await ReceivedAsync(server, (computed + 4) * shape.ElementCount) / shape.ElementCount);
            Assert.False(sending.IsCompleted);
            gate.Release();
        }

        gate.Release(frames);
        var messages = await reading;
        await sending;
        Assert.Equal(Enumerable.Range(1, frames).Select(id => (long)id), messages.Where(message => message.Result is not null).Select(message => message.Result.Id));
        Assert.Equal(0, messages[^1].Summary.FramesDropped);
    }

    [Fact(Timeout = 120_000)]
    public async Task Stream_SilentInstrument_EndsWithAClearError()
    {
        var time = new ManualTime();
        using var gate = new GatedFrameOperation();
        await using var server = await StartAsync(gate, time);
        using var call = await OpenAsync(server, new Proto.OpenFrames { Operation = "diagnostic/identity", IdleTimeoutS = 5 });
        await SendAsync(call, 1);
        Assert.True(await call.ResponseStream.MoveNext(Cancellation));
        Assert.Equal(5, call.ResponseStream.Current.Opened.IdleTimeoutS);
        Assert.True(await call.ResponseStream.MoveNext(Cancellation));
        Assert.Equal(1, call.ResponseStream.Current.Result.Id);

        var end = call.ResponseStream.MoveNext(Cancellation);
        await time.AdvanceUntilAsync(end);
        var refusal = await Assert.ThrowsAsync<RpcException>(() => end);

        Assert.Equal("DeadlineExceeded", refusal.Trailers.GetValue("ib-error"));
        Assert.Equal("idle_timeout_s", refusal.Trailers.GetValue("ib-field"));
        Assert.Contains("5 s", refusal.Status.Detail, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task Stream_InstrumentThatVanishes_GivesItsPlaceBack()
    {
        using var gate = new GatedFrameOperation();
        await using var server = await StartAsync(gate, places: 1);
        var first = await OpenAsync(server, new Proto.OpenFrames { Operation = "diagnostic/identity" });
        await SendAsync(first, 1);
        Assert.True(await first.ResponseStream.MoveNext(Cancellation));

        // The call ends without half-close, as when the instrument's process dies.
        first.Dispose();
        using var second = await OpenAsync(server, new Proto.OpenFrames { Operation = "diagnostic/identity" });
        await SendAsync(second, 1);
        await second.RequestStream.CompleteAsync();

        Assert.Equal([1], (await ReadAllAsync(second)).Where(message => message.Result is not null).Select(message => message.Result.Id));
    }

    [Fact(Timeout = 120_000)]
    public async Task Stream_BadFrameBehindDroppedOnes_TellsTheirIds()
    {
        using var gate = new GatedFrameOperation();
        await using var server = await StartAsync(gate);
        var shape = new VolumeShape(1, 512, 512);
        const int bytes = 4 * 512 * 512;
        using var call = await OpenAsync(server, new Proto.OpenFrames
        {
            DropPolicy = Proto.DropPolicy.Oldest, QueueLength = 1, Frame = Requests.Describe(shape, PixelType.Float32),
        });
        await call.RequestStream.WriteAsync(Zeros(1, bytes), Cancellation);
        await gate.EnteredAsync();

        // The answer to frame 1 is larger than what travels without being read: behind it, frames 2 and 3 give way to frame 4, which holds NaN.
        gate.Release();
        await call.RequestStream.WriteAsync(Zeros(2, bytes), Cancellation);
        await call.RequestStream.WriteAsync(Zeros(3, bytes), Cancellation);
        await call.RequestStream.WriteAsync(With(Zeros(4, bytes), frame =>
        {
            var nan = new byte[bytes];
            BitConverter.TryWriteBytes(nan, float.NaN);
            (frame.Data, frame.Crc32C) = (ByteString.CopyFrom(nan), Crc32C.Compute(nan));
        }), Cancellation);
        Assert.Equal(4 * bytes, await ReceivedAsync(server, 4 * bytes));
        var answers = new List<Proto.FrameResponse>();
        var refusal = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext(Cancellation))
            {
                answers.Add(call.ResponseStream.Current);
            }
        });

        var reported = answers.Where(answer => answer.Result is not null).SelectMany(answer => answer.Result.DroppedIds).ToArray();
        Assert.Equal("ValueNotFinite", refusal.Trailers.GetValue("ib-error"));
        Assert.Contains("Frame 4", refusal.Status.Detail, StringComparison.Ordinal);
        Assert.True(reported.SequenceEqual([2L, 3L]) || refusal.Status.Detail.Contains("dropped: 2, 3", StringComparison.Ordinal), refusal.Status.Detail);
    }

    public static TheoryData<string, Proto.FrameRequest[]> BadFrames => new()
    {
        { "ChunkSizeMismatch frame.data", [Message(1, 0)] },
        { "ChunkSizeMismatch frame.data", [Message(1), Message(2, 47)] },
        { "ChunkCorrupt frame.crc32c", [With(Message(1), frame => frame.Crc32C++)] },
        { "PixelTypeUnsupported frame.pixel_type", [With(Message(1), frame => frame.PixelType = Proto.PixelType.Uint16)] },
        { "ShapeMismatch frame.size_y", [With(Message(1), frame => (frame.SizeY, frame.SizeX) = (8, 6))] },
        { "ChunkOutOfOrder frame.id", [Message(3), Message(3)] },
        { "ProtocolViolation request", [new Proto.FrameRequest { Chunk = new Proto.Chunk() }] },
    };

    [Theory]
    [MemberData(nameof(BadFrames))]
    public async Task Stream_BadFrame_IsRefusedByName(string expected, Proto.FrameRequest[] messages)
    {
        using var gate = new GatedFrameOperation();
        await using var server = await StartAsync(gate);
        using var call = await OpenAsync(server, new Proto.OpenFrames { Operation = "diagnostic/identity" });
        foreach (var message in messages)
        {
            await call.RequestStream.WriteAsync(message, Cancellation);
        }

        var refusal = await Assert.ThrowsAsync<RpcException>(() => ReadAllAsync(call));

        Assert.Equal(expected, $"{refusal.Trailers.GetValue("ib-error")} {refusal.Trailers.GetValue("ib-field")}");
        await server.ServesAsync();
    }

    public static TheoryData<string, Proto.OpenFrames> BadOpenings => new()
    {
        { "OperationNotFound operation", new Proto.OpenFrames { Operation = "register/none" } },
        { "UsageInvalid operation", new Proto.OpenFrames { Operation = "denoise/gaussian" } },
        { "ParameterOutOfRange queue_length", new Proto.OpenFrames { QueueLength = 2000 } },
        { "ParameterOutOfRange idle_timeout_s", new Proto.OpenFrames { IdleTimeoutS = double.NaN } },
        { "ParameterOutOfRange state_bytes", new Proto.OpenFrames { StateBytes = -1 } },
        { "ShapeInvalid frame.size_t", new Proto.OpenFrames { Frame = With(Requests.Describe(Shape, PixelType.UInt8), volume => volume.SizeT = 2) } },
        { "ShapeInvalid image.size_y", new Proto.OpenFrames { Frame = With(Requests.Describe(Shape, PixelType.UInt8), volume => volume.SizeY = 0) } },
        { "ShapeMismatch template", With(new Proto.OpenFrames { Operation = "register/rigid", Auxiliaries = { new Proto.InputDeclaration { Name = "template", Volume = Requests.Describe(new VolumeShape(1, 8, 6)) } } }, open => open.Parameters["template"] = new Proto.ParameterValue { Choice = "given" }) },
        { "InputMissing template", With(new Proto.OpenFrames { Operation = "register/rigid" }, open => open.Parameters["template"] = new Proto.ParameterValue { Choice = "given" }) },
    };

    [Theory]
    [MemberData(nameof(BadOpenings))]
    public async Task Stream_BadOpening_IsRefusedByName(string expected, Proto.OpenFrames open)
    {
        using var gate = new GatedFrameOperation();
        await using var server = await StartAsync(gate);
        using var call = await OpenAsync(server, open);

        var refusal = await Assert.ThrowsAsync<RpcException>(() => ReadAllAsync(call));

        Assert.Equal(expected, $"{refusal.Trailers.GetValue("ib-error")} {refusal.Trailers.GetValue("ib-field")}");
    }

    // Bytes that the server has read, once they are at least so many.
    private static async Task<long> ReceivedAsync(TestServer server, long least)
    {
        var monitor = new Proto.MonitoringService.MonitoringServiceClient(server.Channel);
        long received = 0;
        for (var round = 0; round < 5000 && received < least; round++)
        {
            received = (await monitor.GetStatusAsync(new Proto.GetStatusRequest(), cancellationToken: Cancellation)).Jobs[0].BytesReceived;
        }

        return received;
    }

    private static Task<TestServer> StartAsync(GatedFrameOperation gate, TimeProvider? time = null, int places = 4) => TestServer.StartAsync(
        new InferenceServerOptions { Urls = "http://127.0.0.1:0", Device = "cpu", ShutdownGraceSeconds = 0, MaxConcurrentJobs = places }, [.. BuiltInOperations.All, gate],
        services => services.AddSingleton(time ?? TimeProvider.System));

    private static async Task<Call> OpenAsync(TestServer server, Proto.OpenFrames open, VolumeShape? shape = null)
    {
        open.Operation = open.Operation.Length == 0 ? "test/frames" : open.Operation;
        open.Frame ??= Requests.Describe(shape ?? Shape, PixelType.UInt8);
        var call = new Proto.FrameService.FrameServiceClient(server.Channel).Stream(cancellationToken: Cancellation);
        await call.RequestStream.WriteAsync(new Proto.FrameRequest { Open = open }, Cancellation);
        return call;
    }

    private static Proto.FrameRequest Message(long id, int bytes = 48)
    {
        var data = ByteString.CopyFrom([.. Enumerable.Range(0, bytes).Select(i => (byte)(i + id))]);
        return new Proto.FrameRequest { Frame = new Proto.Frame { Id = id, Data = data, Crc32C = Crc32C.Compute(data.Span) } };
    }

    private static Proto.FrameRequest Zeros(long id, int bytes)
    {
        var data = new byte[bytes];
        return new Proto.FrameRequest { Frame = new Proto.Frame { Id = id, Data = ByteString.CopyFrom(data), Crc32C = Crc32C.Compute(data) } };
    }

    private static Proto.FrameRequest With(Proto.FrameRequest message, Action<Proto.Frame> change)
    {
        change(message.Frame);
        return message;
    }

    private static T With<T>(T message, Action<T> change)
    {
        change(message);
        return message;
    }

    private static Task SendAsync(Call call, long id, int bytes = 48) => call.RequestStream.WriteAsync(Message(id, bytes), Cancellation);

    private static async Task<List<Proto.FrameResponse>> ReadAllAsync(Call call)
    {
        var messages = new List<Proto.FrameResponse>();
        while (await call.ResponseStream.MoveNext(Cancellation))
        {
            messages.Add(call.ResponseStream.Current);
        }

        return messages;
    }
}
