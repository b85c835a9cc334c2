using Grpc.Core;
using Grpc.Health.V1;
using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Server.Tests.Support;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace InferenceBridge.Server.Tests.Hosting;

public sealed class GracefulStopTests
{
    private static readonly MemoryVolume Image = Requests.Ramp(new VolumeShape(2, 4, 5));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StopAsync_JobRuns_LetsItEndAndRefusesOthers()
    {
        using var gate = new GatedOperation();
        await using var server = await StartAsync(gate, 3600);
        using var watch = new Health.HealthClient(server.Channel).Watch(new HealthCheckRequest(), cancellationToken: Cancellation);
        Assert.Equal(ServingStatus.Serving, await NextAsync(watch));
        var job = server.ProcessAsync(Requests.Run("test/gated", Image));
        await gate.EnteredAsync();

        var stop = server.Host.StopAsync(Cancellation);
        Assert.Equal(ServingStatus.NotServing, await NextAsync(watch));
        var refusal = await Assert.ThrowsAsync<RpcException>(() => server.ProcessAsync(Requests.Run("test/gated", Image)));
        Assert.Equal(StatusCode.Unavailable, refusal.StatusCode);
        Assert.Equal("ServerStopping", refusal.Trailers.GetValue("ib-error"));
        Assert.False(stop.IsCompleted);

        gate.Release();
        Assert.Equal(Image.ToSingles(), (await job).Result().ToSingles());
        await stop.WaitAsync(Cancellation);
        Assert.True(server.Host.Completion.IsCompleted);
        Assert.Empty(server.Errors);
    }

    [Fact]
    public async Task StopAsync_GraceIsOver_TellsTheClient()
    {
        using var gate = new GatedOperation();
        await using var server = await StartAsync(gate, 0);
        var job = server.ProcessAsync(Requests.Run("test/gated", Image), halfClose: false);
        await gate.EnteredAsync();
        var stop = server.Host.StopAsync(Cancellation);
        var refusal = await Assert.ThrowsAsync<RpcException>(() => job);
        Assert.Equal(StatusCode.Unavailable, refusal.StatusCode);
        Assert.Equal("ServerStopping", refusal.Trailers.GetValue("ib-error"));
        await stop.WaitAsync(Cancellation);
        Assert.Empty(server.Errors);
    }

    private static Task<TestServer> StartAsync(GatedOperation gate, int graceSeconds) => TestServer.StartAsync(
        new InferenceServerOptions { Urls = "http://127.0.0.1:0", Device = "cpu", ShutdownGraceSeconds = graceSeconds },
        [.. BuiltInOperations.All, gate.Operation]);

    private static async Task<ServingStatus> NextAsync(AsyncServerStreamingCall<HealthCheckResponse> watch)
    {
        Assert.True(await watch.ResponseStream.MoveNext(Cancellation));
        return watch.ResponseStream.Current.Status;
    }
}
