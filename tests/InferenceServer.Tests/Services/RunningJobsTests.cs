using Grpc.Core;
using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Server.Tests.Support;

namespace InferenceBridge.Server.Tests.Services;

/// <summary>Jobs that are cancelled, that wait, that run at once. A gate in the operation takes the place of time.</summary>
public sealed class RunningJobsTests
{
    private static readonly MemoryVolume Image = Requests.Ramp(new VolumeShape(3, 1, 2, 4, 5));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Process_ClientCancels_FreesTheDeviceWithinOneTile(bool heedsCancellation)
    {
        using var gate = new GatedOperation(heedsCancellation);
        await using var server = await StartAsync(gate);
        using var source = new CancellationTokenSource();
        using var call = server.Volumes.Process(cancellationToken: source.Token);
        await UploadAsync(call);
        await gate.EnteredAsync();

        var other = server.ProcessAsync(Requests.Run("test/gated", Image));
        await source.CancelAsync();
        await gate.CancelledAsync();
        await Assert.ThrowsAsync<RpcException>(() => DrainAsync(call));

        // One tile of the first job, which ends by itself where the operation does not heed cancellation, and the three of
        // the second, which runs only once the first has given up the device.
        gate.Release(4);
        Assert.Equal(Image.ToSingles(), (await other).Result().ToSingles());
        Assert.Equal(4, gate.Tiles);
        Assert.Empty(server.Errors);
    }

    [Fact]
    public async Task Process_NoPlaceFree_WaitsAndSaysSo()
    {
        using var gate = new GatedOperation();
        await using var server = await StartAsync(gate, maxConcurrentJobs: 1);
        var first = server.ProcessAsync(Requests.Run("test/gated", Image));
        await gate.EnteredAsync();

        using var second = server.Volumes.Process(cancellationToken: Cancellation);
        await UploadAsync(second);
        var stages = new List<string>();
        while (!stages.Contains("queued") && await second.ResponseStream.MoveNext(Cancellation))
        {
            stages.Add(second.ResponseStream.Current.Progress?.Stage ?? "");
        }

        Assert.Equal("queued", stages[^1]);
        Assert.Equal(1, gate.Tiles);
        gate.Release(6);
        await first;
        await DrainAsync(second);
        Assert.Equal(6, gate.Tiles);
    }

    [Fact]
    public async Task Process_WaitingJobFillsItsWindow_DoesNotStallTheRunningOne()
    {
        using var gate = new GatedOperation();
        await using var server = await StartAsync(gate, maxConcurrentJobs: 1);
        var large = Requests.Run("diagnostic/identity", Requests.Ramp(new VolumeShape(12, 1024, 1024), PixelType.UInt8)).ToArray();
        using var running = server.Volumes.Process(deadline: DateTime.UtcNow.AddMinutes(1), cancellationToken: Cancellation);
        await running.RequestStream.WriteAsync(large[0], Cancellation);
        await running.RequestStream.WriteAsync(large[1], Cancellation);
        Assert.True(await running.ResponseStream.MoveNext(Cancellation));

        // The server reads none of these; the last one waits for its stream's window of 8 MiB.
        using var waiting = server.Volumes.Process(cancellationToken: Cancellation);
        foreach (var message in large.Take(8))
        {
            await waiting.RequestStream.WriteAsync(message, Cancellation);
        }

        var stalled = waiting.RequestStream.WriteAsync(large[8], Cancellation);
        var draining = DrainAsync(running);
        foreach (var message in large.Skip(2))
        {
            await running.RequestStream.WriteAsync(message, Cancellation);
        }

        await running.RequestStream.CompleteAsync();
        await draining;
        await stalled;
    }

    [Fact]
    public async Task Process_ManyAtOnce_EachGetsItsOwnResult()
    {
        using var gate = new GatedOperation();
        await using var server = await StartAsync(gate);
        var jobs = Enumerable.Range(1, 8).Select(async size =>
        {
            var image = Requests.Ramp(new VolumeShape(2, 1, size, 16 + size, 20));
            var operation = size % 2 == 0 ? "denoise/gaussian" : "diagnostic/identity";
            var outcome = await server.ProcessAsync(Requests.Run(operation, image));
            Assert.Equal(image.Info.Shape, outcome.Result().Info.Shape);
            if (size % 2 == 1)
            {
                Assert.Equal(image.ToSingles(), outcome.Result().ToSingles());
            }
        });
        await Task.WhenAll(jobs);
        Assert.Empty(server.Errors);
    }

    [Fact]
    public async Task Process_FirstFrameUploaded_ItsResultLeavesBeforeTheRestComes()
    {
        using var gate = new GatedOperation();
        await using var server = await StartAsync(gate);
        gate.Release(3);
        using var call = server.Volumes.Process(cancellationToken: Cancellation);
        var messages = Requests.Run("test/gated", Image).ToArray();
        foreach (var message in messages.Take(3))
        {
            await call.RequestStream.WriteAsync(message, Cancellation);
        }

        Proto.Chunk? chunk = null;
        while (chunk is null && await call.ResponseStream.MoveNext(Cancellation))
        {
            chunk = call.ResponseStream.Current.Chunk;
        }

        Assert.Equal((0L, 2L), (chunk!.FirstPlane, chunk.PlaneCount));
        Assert.Equal(1, gate.Tiles);
        foreach (var message in messages.Skip(3))
        {
            await call.RequestStream.WriteAsync(message, Cancellation);
        }

        await call.RequestStream.CompleteAsync();
        await DrainAsync(call);
    }

    [Fact]
    public async Task Process_OperationCrashes_IsInternalWithAReferenceInTheLog()
    {
        await using var server = await TestServer.StartAsync(Options(4), [.. BuiltInOperations.All, .. new TestOperations().All]);
        var failure = await Assert.ThrowsAsync<RpcException>(() => server.ProcessAsync(Requests.Run("test/crash", Image)));
        Assert.Equal(StatusCode.Internal, failure.StatusCode);
        var reference = failure.Status.Detail.TrimEnd('.').Split(' ')[^1];
        Assert.Contains(reference, Assert.Single(server.Errors), StringComparison.Ordinal);
        Assert.DoesNotContain("shape", failure.Status.Detail, StringComparison.Ordinal);
        await server.ServesAsync();
    }

    private static InferenceServerOptions Options(int maxConcurrentJobs) =>
        new() { Urls = "http://127.0.0.1:0", Device = "cpu", MaxConcurrentJobs = maxConcurrentJobs };

    private static Task<TestServer> StartAsync(GatedOperation gate, int maxConcurrentJobs = 4) =>
        TestServer.StartAsync(Options(maxConcurrentJobs), [.. BuiltInOperations.All, gate.Operation]);

    private static async Task UploadAsync(AsyncDuplexStreamingCall<Proto.ProcessRequest, Proto.ProcessResponse> call)
    {
        foreach (var message in Requests.Run("test/gated", Image))
        {
            await call.RequestStream.WriteAsync(message, Cancellation);
        }

        await call.RequestStream.CompleteAsync();
    }

    private static async Task DrainAsync(AsyncDuplexStreamingCall<Proto.ProcessRequest, Proto.ProcessResponse> call)
    {
        while (await call.ResponseStream.MoveNext(Cancellation))
        {
        }
    }
}
