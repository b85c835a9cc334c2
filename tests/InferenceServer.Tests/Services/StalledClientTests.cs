using Grpc.Core;
using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace InferenceBridge.Server.Tests.Services;

/// <summary>Clients that stop sending or reading: others go on meanwhile on the same device, and in the end the place is free.</summary>
public sealed class StalledClientTests
{
    private const int HolderTiles = 5000;

    private static readonly MemoryVolume Image = Requests.Ramp(new VolumeShape(3, 1, 2, 4, 5));

    private readonly ManualTime _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Process_ClientStopsSending_OthersGoOnAndItIsTimedOut()
    {
        await using var server = await StartAsync();
        using var stalled = server.Volumes.Process(cancellationToken: Cancellation);
        foreach (var message in Requests.Run("test/negate", Image).Take(3))
        {
            await stalled.RequestStream.WriteAsync(message, Cancellation);
        }

        // The first frame is through: the job is in the middle of its stack of frames.
        await stalled.FirstAsync(message => message.Chunk is not null);
        await AssertOthersGoOnAsync(server);

        var end = Assert.ThrowsAsync<RpcException>(() => stalled.DrainAsync());
        await _time.AdvanceUntilAsync(end);
        AssertTimedOut(await end, "send a message");
        await Task.WhenAll(server.ServesAsync(), server.ServesAsync());
        Assert.Empty(server.Errors);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Process_ClientStopsReading_OthersGoOnAndItIsTimedOut(bool readsOn)
    {
        using var gate = new GatedOperation();
        await using var server = await StartAsync(gate.Operation);

        // Far more than the buffers between the server and the client hold.
        var large = Requests.Ramp(new VolumeShape(48, 1, 1, 1024, 1024), PixelType.UInt8);
        using var channel = TestServer.Connect(server.Host.Addresses[0]);
        using var stalled = new Proto.VolumeService.VolumeServiceClient(channel).Process(cancellationToken: Cancellation);
        var upload = Record.ExceptionAsync(() => stalled.UploadAsync("test/negate", large)).AsTask();
        await stalled.FirstAsync(message => message.Chunk is not null);
        await AssertOthersGoOnAsync(server);
        Assert.False(upload.IsCompleted);

        // There are two places and no queue: while one job holds the other place, a further one tells whether this one is free.
        // It gives the device back from time to time, which the stalled job needs until nobody takes what it has computed.
        var holder = server.ProcessAsync(Requests.Run("test/gated", Requests.Ramp(new VolumeShape(HolderTiles, 1, 1, 4, 5))));
        await gate.EnteredAsync();
        while (await Record.ExceptionAsync(() => server.ServesAsync()) is RpcException { StatusCode: StatusCode.ResourceExhausted })
        {
            gate.Release();
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        gate.Release(HolderTiles);
        await holder;
        if (readsOn)
        {
            AssertTimedOut(await Assert.ThrowsAsync<RpcException>(() => stalled.DrainAsync()), "take a result");
        }
        else
        {
            await _time.AdvanceUntilAsync(upload);
            Assert.NotNull(await upload);
        }

        Assert.Empty(server.Errors);
    }

    private static void AssertTimedOut(RpcException end, string what)
    {
        Assert.True(end.StatusCode == StatusCode.DeadlineExceeded, end.ToString());
        Assert.Equal("DeadlineExceeded", end.Trailers.GetValue("ib-error"));
        Assert.Contains($"did not {what} for 30 s", end.Status.Detail, StringComparison.Ordinal);
    }

    // One of the two places is the stalled job's.
    private static async Task AssertOthersGoOnAsync(TestServer server)
    {
        for (var i = 0; i < 3; i++)
        {
            var outcome = await server.ProcessAsync(Requests.Run("test/negate", Image));
            Assert.Equal(6 / 2, outcome.Summary.Tiles);
        }
    }

    private Task<TestServer> StartAsync(params IOperation[] operations) => TestServer.StartAsync(
        new InferenceServerOptions
        {
            Urls = "http://127.0.0.1:0", Device = "cpu", MaxConcurrentJobs = 2, MaxQueuedJobs = 0, ClientIdleSeconds = 30, QueueBytes = 1 << 20,
        },
        [.. BuiltInOperations.All, .. new TestOperations().All, .. operations],
        services => services.AddSingleton<TimeProvider>(_time));
}
