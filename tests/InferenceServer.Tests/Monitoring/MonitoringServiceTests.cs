using Grpc.Core;
using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Server.Tests.Support;

namespace InferenceBridge.Server.Tests.Monitoring;

public sealed class MonitoringServiceTests
{
    private static readonly MemoryVolume Image = Requests.Ramp(new VolumeShape(3, 1, 2, 4, 5));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetStatus_OfAnIdleServer_TellsItsDevices()
    {
        using var gate = new GatedOperation();
        await using var server = await StartAsync(gate);
        var status = await StatusAsync(server);
        Assert.Equal((ServerVersion.Text, 0, 1), (status.ServerVersion, status.QueueLength, status.MaxConcurrentJobs));
        Assert.Empty(status.Jobs);
        Assert.Equal(new Proto.JobTotals(), status.Totals);
        var device = Assert.Single(status.Devices);
        Assert.Equal(("cpu", 0, false), (device.Id, device.WaitingTiles, device.Lost));
        Assert.InRange(device.MemoryUsedBytes, 1 << 20, device.MemoryBytes);
    }

    [Fact]
    public async Task GetStatus_OfABusyServer_TellsWhatEveryJobDoes()
    {
        using var gate = new GatedOperation();
        await using var server = await StartAsync(gate);
        var running = server.ProcessAsync(Requests.Run("test/gated", Image));
        await gate.EnteredAsync();
        gate.Release();
        await gate.EnteredAsync();

        using var waiting = server.Volumes.Process(cancellationToken: Cancellation);
        foreach (var message in Requests.Run("test/gated", Image))
        {
            await waiting.RequestStream.WriteAsync(message, Cancellation);
        }

        await waiting.RequestStream.CompleteAsync();
        while (waiting.ResponseStream.Current?.Progress?.Stage != "queued")
        {
            Assert.True(await waiting.ResponseStream.MoveNext(Cancellation));
        }

        // The first of three frames of two planes is through, and the second is being computed.
        var status = await StatusAsync(server);
        Assert.Equal((2, 1), (status.Jobs.Count, status.QueueLength));
        var (first, second) = (status.Jobs[0], status.Jobs[1]);
        Assert.Equal(("test/gated", "127.0.0.1", Proto.JobState.Computing, "cpu"), (first.Operation, first.Client, first.State, first.Device));
        Assert.Equal((2, 6, 1, 3), (first.PlanesComputed, first.PlanesTotal, first.TilesComputed, first.TilesTotal));
        Assert.InRange(first.PlanesReceived, 4, 6);
        Assert.InRange(first.BytesReceived, 160, 240);
        Assert.True(first.HasSecondsLeft && first.PredictedMemoryBytes > 0 && first.ElapsedSeconds > second.ElapsedSeconds);
        Assert.Equal((Proto.JobState.Queued, 1, 0, false), (second.State, second.QueuePosition, second.PlanesComputed, second.HasSecondsLeft));
        Assert.NotEqual(first.Id, second.Id);

        gate.Release(5);
        await running;
        while (await waiting.ResponseStream.MoveNext(Cancellation))
        {
        }

        status = await StatusAsync(server);
        Assert.Equal((0, 0, 2), (status.Jobs.Count, status.QueueLength, status.Totals.Completed));
    }

    [Fact]
    public async Task Watch_AtAnInterval_RepeatsTheStatus()
    {
        using var gate = new GatedOperation();
        await using var server = await StartAsync(gate);
        using var watch = Client(server).Watch(new Proto.WatchRequest { IntervalSeconds = 0.1 }, cancellationToken: Cancellation);
        Assert.True(await watch.ResponseStream.MoveNext(Cancellation));
        var first = watch.ResponseStream.Current.UptimeSeconds;
        Assert.True(await watch.ResponseStream.MoveNext(Cancellation));
        Assert.True(watch.ResponseStream.Current.UptimeSeconds >= first + 0.05);
    }

    [Fact]
    public async Task Watch_WhenTheServerStops_EndsAtOnce()
    {
        using var gate = new GatedOperation();
        await using var server = await StartAsync(gate);
        using var watch = Client(server).Watch(new Proto.WatchRequest { IntervalSeconds = 3600 }, cancellationToken: Cancellation);
        Assert.True(await watch.ResponseStream.MoveNext(Cancellation));
        var stopping = server.Host.StopAsync(Cancellation);
        Assert.False(await watch.ResponseStream.MoveNext(Cancellation));
        await stopping;
        Assert.Empty(server.Errors);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(-1)]
    [InlineData(3601)]
    [InlineData(double.NaN)]
    public async Task Watch_WithAnImpossibleInterval_IsRefused(double seconds)
    {
        using var gate = new GatedOperation();
        await using var server = await StartAsync(gate);
        using var watch = Client(server).Watch(new Proto.WatchRequest { IntervalSeconds = seconds }, cancellationToken: Cancellation);
        var refusal = await Assert.ThrowsAsync<RpcException>(() => watch.ResponseStream.MoveNext(Cancellation));
        Assert.Equal((StatusCode.InvalidArgument, "interval_seconds"), (refusal.StatusCode, refusal.Trailers.GetValue("ib-field")));
    }

    private static Task<TestServer> StartAsync(GatedOperation gate) => TestServer.StartAsync(
        new InferenceServerOptions { Urls = "http://127.0.0.1:0", Device = "cpu", MaxConcurrentJobs = 1 }, [.. BuiltInOperations.All, gate.Operation]);

    private static Proto.MonitoringService.MonitoringServiceClient Client(TestServer server) => new(server.Channel);

    private static async Task<Proto.ServerStatus> StatusAsync(TestServer server) =>
        await Client(server).GetStatusAsync(new Proto.GetStatusRequest(), cancellationToken: Cancellation);
}
