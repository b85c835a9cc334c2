using Grpc.Core;
using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Server.Admission;
using InferenceBridge.Server.Tests.Admission;
using InferenceBridge.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace InferenceBridge.Server.Tests.Services;

/// <summary>Limits of a server, as a client meets them.</summary>
public sealed class LimitTests
{
    private static readonly MemoryVolume Image = Requests.Ramp(new VolumeShape(3, 1, 2, 4, 5));

    private static readonly InferenceServerOptions Options = new() { Urls = "http://127.0.0.1:0", Device = "cpu" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Process_QueueFull_IsRefusedAndTheOthersEnd()
    {
        using var gate = new GatedOperation();
        await using var server = await StartAsync(Options with { MaxConcurrentJobs = 1, MaxQueuedJobs = 1 }, gate);
        var first = server.ProcessAsync(Requests.Run("test/gated", Image));
        await gate.EnteredAsync();
        using var second = server.Volumes.Process(cancellationToken: Cancellation);
        await second.UploadAsync("test/gated", Image);
        var queued = await second.FirstAsync(message => message.Progress?.Stage == "queued");
        Assert.Equal(1, queued.Progress.QueuePosition);

        var refusal = await Assert.ThrowsAsync<RpcException>(() => server.ProcessAsync(Requests.Run("test/gated", Image)));
        Assert.Equal(StatusCode.ResourceExhausted, refusal.StatusCode);
        Assert.Equal("ServerBusy", refusal.Trailers.GetValue("ib-error"));
        Assert.StartsWith("1 jobs run and 1 wait; accepted: 1 that wait.", refusal.Status.Detail, StringComparison.Ordinal);

        gate.Release(6);
        Assert.Equal(Image.ToSingles(), (await first).Result().ToSingles());
        await second.DrainAsync();
        await server.ServesAsync();
    }

    [Theory]
    [InlineData("tcp", "127.0.0.1")]
    [InlineData("unix", "unix user ")]
    public async Task Process_ClientHasAsManyAsItMay_IsRefusedByName(string socket, string name)
    {
        using var gate = new GatedOperation();
        var folder = Directory.CreateTempSubdirectory("ib-client-");
        var urls = socket == "tcp" ? Options.Urls : $"unix:{Path.Combine(folder.FullName, "s")}";
        await using (var server = await StartAsync(Options with { Urls = urls, MaxJobsPerClient = 1 }, gate))
        {
            var first = server.ProcessAsync(Requests.Run("test/gated", Image));
            await gate.EnteredAsync();
            var refusal = await Assert.ThrowsAsync<RpcException>(() => server.ProcessAsync(Requests.Run("test/gated", Image)));
            Assert.Equal(("ServerBusy", "InferenceBridge:MaxJobsPerClient"),
                (refusal.Trailers.GetValue("ib-error"), refusal.Trailers.GetValue("ib-field")));
            Assert.StartsWith(name, refusal.Status.Detail, StringComparison.Ordinal);
            gate.Release(3);
            await first;
            await server.ServesAsync();
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Process_ClientsToldApartByAKey_CountEachForThemselves()
    {
        using var gate = new GatedOperation();
        await using var server = await StartAsync(Options with { MaxJobsPerClient = 1 }, gate,
            services => services.AddSingleton<IClientIdentity>(new HeaderIdentity()));
        var ada = new Metadata { { "who", "ada" } };
        using var first = server.Volumes.Process(ada, cancellationToken: Cancellation);
        await first.UploadAsync("test/gated", Image);
        await gate.EnteredAsync();
        using var other = server.Volumes.Process(new Metadata { { "who", "bob" } }, cancellationToken: Cancellation);
        await other.UploadAsync("test/gated", Image);
        await other.FirstAsync(message => message.Accepted is not null);
        using var second = server.Volumes.Process(ada, cancellationToken: Cancellation);
        await second.RequestStream.WriteAsync(Requests.Run("test/gated", Image).First(), Cancellation);
        Assert.StartsWith("ada has 1 jobs", (await Assert.ThrowsAsync<RpcException>(() => second.DrainAsync())).Status.Detail, StringComparison.Ordinal);
        gate.Release(6);
        await first.DrainAsync();
        await other.DrainAsync();
    }

    [Fact]
    public async Task Process_RunsForTooLong_IsStoppedAndTheDeviceIsFree()
    {
        var time = new ManualTime();
        using var gate = new GatedOperation();
        await using var server = await StartAsync(Options with { MaxJobSeconds = 60, MaxConcurrentJobs = 1 }, gate, Use(time));
        var job = server.ProcessAsync(Requests.Run("test/gated", Image));
        await gate.EnteredAsync();
        var next = server.ProcessAsync(Requests.Run("diagnostic/identity", Image));
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(job.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        var refusal = await Assert.ThrowsAsync<RpcException>(() => job);
        Assert.Equal(StatusCode.DeadlineExceeded, refusal.StatusCode);
        Assert.Equal("InferenceBridge:MaxJobSeconds", refusal.Trailers.GetValue("ib-field"));

        // The time in the queue does not count.
        Assert.Equal(Image.ToSingles(), (await next).Result().ToSingles());
    }

    [Fact]
    public async Task Process_DeadlineOfTheCallPasses_FreesTheDevice()
    {
        using var gate = new GatedOperation();
        await using var server = await StartAsync(Options, gate);
        using var call = server.Volumes.Process(deadline: DateTime.UtcNow.AddSeconds(1), cancellationToken: Cancellation);
        await call.UploadAsync("test/gated", Image);
        await gate.EnteredAsync();
        await gate.CancelledAsync();
        Assert.Equal(StatusCode.DeadlineExceeded, (await Assert.ThrowsAsync<RpcException>(() => call.DrainAsync())).StatusCode);

        // One may go to the tile that is told to end: it waits for either.
        gate.Release(4);
        await server.ProcessAsync(Requests.Run("test/gated", Image));
    }

    [Fact]
    public async Task Process_WallClockJumps_NeitherStopsNorMeasuresByIt()
    {
        var time = new ManualTime();
        using var gate = new GatedOperation();
        await using var server = await StartAsync(Options with { MaxJobSeconds = 60, ClientIdleSeconds = 60 }, gate, Use(time));
        var job = server.ProcessAsync(Requests.Run("test/gated", Image));
        await gate.EnteredAsync();
        time.WallClock += TimeSpan.FromDays(400);
        gate.Release();
        await gate.EnteredAsync();
        time.WallClock -= TimeSpan.FromDays(800);
        time.Advance(TimeSpan.FromSeconds(5));
        gate.Release(2);
        var summary = (await job).Summary;
        Assert.Equal(5, summary.TotalSeconds, 6);
        Assert.Equal(5, summary.ComputeSeconds, 6);
    }

    [Fact]
    public async Task Process_ScratchSpaceTooSmall_IsRefusedBeforeTheImageIsSent()
    {
        await using var server = await StartAsync(Options with { MaxScratchBytes = Image.Info.TotalBytes - 1 });
        var declaration = Requests.Run("test/noise", Image).Take(1);
        await server.RefusedAsync(declaration, InferenceError.VolumeTooLarge, "image", halfClose: false);
    }

    [Fact]
    public async Task Process_DiskFullWhileSpooling_IsRefusedAndTheServerServes()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full here.");
        await using var server = await StartAsync(Options, services: services => services.AddSingleton<ScratchSpace>(new FullDisk(Options)));
        var refusal = await server.RefusedAsync(Requests.Run("test/noise", Image), InferenceError.FileUnwritable, "InferenceBridge:ScratchDirectory");
        Assert.Equal(StatusCode.FailedPrecondition, refusal.StatusCode);
        Assert.Empty(server.Errors);
    }

    private static Action<IServiceCollection> Use(ManualTime time) => services => services.AddSingleton<TimeProvider>(time);

    private static Task<TestServer> StartAsync(InferenceServerOptions options, GatedOperation? gate = null, Action<IServiceCollection>? services = null) =>
        TestServer.StartAsync(options, [.. BuiltInOperations.All, .. new TestOperations().All, .. gate is null ? [] : new[] { gate.Operation }], services);

    private sealed class HeaderIdentity : IClientIdentity
    {
        public string Of(Microsoft.AspNetCore.Http.HttpContext call) => call.Request.Headers["who"].ToString();
    }
}
