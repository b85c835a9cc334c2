using Google.Protobuf;
using Grpc.Core;
using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace InferenceBridge.Server.Tests.Frames;

/// <summary>A card that fails under a stream: the next device takes over, and no answer differs.</summary>
public class StreamDeviceTests
{
    // More than twice the frames that are kept.
    private const int Count = 40;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FaultInjector.DeviceLost, 0)]
    [InlineData(FaultInjector.DeviceLost, 1)]
    [InlineData(FaultInjector.DeviceLost, 5)]
    [InlineData(FaultInjector.DeviceLost, 16)]
    [InlineData(FaultInjector.DeviceLost, 17)]
    [InlineData(FaultInjector.DeviceLost, 39)]
    [InlineData(FaultInjector.OutOfMemory, 0)]
    [InlineData(FaultInjector.OutOfMemory, 1)]
    [InlineData(FaultInjector.OutOfMemory, 20)]
    public async Task Stream_CardFailsAtAFrame_GoesOnOnTheCpuAsIfNothingHadHappened(string message, int atFrame)
    {
        var operation = new FaultyFrameOperation(message, atFrame);
        await using var server = await StartAsync(operation);

        var messages = await StreamAsync(server, Count);

        AssertSums(messages);
        var summary = messages[^1].Summary;
        Assert.Equal("cpu", summary.Device);
        var what = message == FaultInjector.DeviceLost ? "was lost" : "ran out of memory";
        Assert.Equal($"card:0 {what} at {(atFrame == 0 ? "the first frame" : $"frame {atFrame}")}; cpu took over.", Assert.Single(summary.Warnings));

        // A lost card is not asked again; one that was full is.
        var next = await StreamAsync(server, 1);
        Assert.Equal(message == FaultInjector.DeviceLost ? 0 : 1, next[^1].Summary.Warnings.Count);
        AssertSums(next);
        Assert.Empty(server.Errors);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Stream_CardFailsAtAnExport_GoesOnOnTheCpuAsIfNothingHadHappened(int atExport)
    {
        await using var server = await StartAsync(new FaultyFrameOperation(FaultInjector.DeviceLost, atExport: atExport));

        var messages = await StreamAsync(server, Count, exportAfter: 21);

        AssertSums(messages);
        Assert.Equal(Sum(21), BitConverter.ToInt64(messages.Single(message => message.State is not null).State.Data.Span));
        Assert.Equal("cpu", messages[^1].Summary.Device);
    }

    [Theory]
    [InlineData(FaultInjector.DeviceLost, "DeviceUnavailable")]
    [InlineData(FaultInjector.OutOfMemory, "DeviceOutOfMemory")]
    public async Task Stream_LastDeviceFails_EndsWithAClearErrorAfterTheAnswersBefore(string message, string error)
    {
        await using var server = await StartAsync(new FaultyFrameOperation(message, 3), hasCpu: false);
        var answers = new List<Proto.FrameResponse>();

        var refusal = await Assert.ThrowsAsync<RpcException>(() => StreamAsync(server, Count, answers: answers));

        Assert.Equal(error, refusal.Trailers.GetValue("ib-error"));
        Assert.Contains("frame 3", refusal.Status.Detail, StringComparison.Ordinal);
        Assert.Equal([1, 2], answers.Where(answer => answer.Result is not null).Select(answer => answer.Result.Id));
    }

    [Fact]
    public async Task Stream_CardThatWorks_KeepsIt()
    {
        var operation = new FaultyFrameOperation("");
        await using var server = await StartAsync(operation);

        var messages = await StreamAsync(server, Count);

        AssertSums(messages);
        Assert.Equal(("card:0", Count), (messages[^1].Summary.Device, operation.Frames));
        Assert.Empty(messages[^1].Summary.Warnings);
    }

    // Frame i has 48 pixels from i on; worked out without the operation.
    private static long Sum(int frames) => Enumerable.Range(1, frames).Sum(frame => Enumerable.Range(0, 48).Sum(i => (long)(byte)(i + frame)));

    private static void AssertSums(List<Proto.FrameResponse> messages)
    {
        var results = messages.Where(message => message.Result is not null).Select(message => message.Result).ToArray();
        Assert.Equal(Enumerable.Range(1, results.Length).Select(id => (long)id), results.Select(result => result.Id));
        Assert.All(results, result => Assert.Equal(Sum((int)result.Id), result.Numbers["sum"]));
        Assert.All(results, result => Assert.Equal((byte)result.Id, result.Data[0]));
        Assert.Equal(results.Length, messages[^1].Summary.FramesAnswered);
    }

    private static Task<TestServer> StartAsync(FaultyFrameOperation operation, bool hasCpu = true) => TestServer.StartAsync(
        new InferenceServerOptions { Urls = "http://127.0.0.1:0", Device = "cpu" }, [.. BuiltInOperations.All, operation],
        services => services.AddSingleton(operation.Scheduler(hasCpu)));

    private static async Task<List<Proto.FrameResponse>> StreamAsync(
        TestServer server, int count, int exportAfter = -1, List<Proto.FrameResponse>? answers = null)
    {
        using var call = new Proto.FrameService.FrameServiceClient(server.Channel).Stream(cancellationToken: Cancellation);
        var open = new Proto.OpenFrames { Operation = "test/sums", Frame = Requests.Describe(new VolumeShape(1, 6, 8), PixelType.UInt8) };
        await call.RequestStream.WriteAsync(new Proto.FrameRequest { Open = open }, Cancellation);
        for (var id = 1; id <= count; id++)
        {
            var data = ByteString.CopyFrom([.. Enumerable.Range(0, 48).Select(i => (byte)(i + id))]);
            try
            {
                await call.RequestStream.WriteAsync(new Proto.FrameRequest { Frame = new Proto.Frame { Id = id, Data = data, Crc32C = Crc32C.Compute(data.Span) } }, Cancellation);
                if (id == exportAfter)
                {
                    await call.RequestStream.WriteAsync(new Proto.FrameRequest { Export = new Proto.ExportState() }, Cancellation);
                }
            }
            catch (Exception e) when (e is RpcException or InvalidOperationException)
            {
                // Refused: reading tells why.
                break;
            }
        }

        try
        {
            await call.RequestStream.CompleteAsync();
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException)
        {
            // As above.
        }

        answers ??= [];
        while (await call.ResponseStream.MoveNext(Cancellation))
        {
            answers.Add(call.ResponseStream.Current);
        }

        return answers;
    }
}
