using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using InferenceBridge.Client.Tests.Support;
using InferenceBridge.Imaging;
using Microsoft.Extensions.Logging;

namespace InferenceBridge.Client.Tests;

public sealed class RetryTests : IDisposable
{
    private readonly ManualTime _time = new(skip: TimeSpan.FromSeconds(15));
    private readonly ListLog _log = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private InferenceBridgeClientOptions Options => new() { TimeProvider = _time, LoggerFactory = _log };

    public void Dispose() => _log.Dispose();

    [Theory]
    [InlineData("before anything")]
    [InlineData("after accepted")]
    public async Task RunAsync_ConnectionLostBeforeResult_RunsAgainWithFreshWriter(string when)
    {
        await using var server = await ScriptedServer.StartAsync(async job =>
        {
            if (job.Number == 3)
            {
                await Answers.EchoAsync(job);
                return;
            }

            var declaration = await job.ReadDeclarationAsync();
            await job.Requests.MoveNext();
            if (when == "after accepted")
            {
                await job.Responses.WriteAsync(Answers.Accepted(declaration.Inputs[0].Volume));
            }

            job.DropConnection();
        });
        await using var client = server.Connect(Options);
        var image = Volumes.Ramp(new VolumeShape(6, 700, 800));
        var writers = new List<SpyWriter>();

        var summary = await client.RunAsync(image, info => Remember(writers, info), new RunRequest("test/op"), null, Cancellation);

        Assert.Equal(3, summary.Attempts);
        Assert.Equal(2, _log.Entries.Count(entry => entry is { Level: LogLevel.Warning, Id: 1 }));
        Assert.Contains("Attempt 1 of 4 at test/op", _log.Entries.First(entry => entry.Id == 1).Text, StringComparison.Ordinal);
        Assert.Equal(2, _time.Skipped.Count);
        Assert.All(writers, writer => Assert.True(writer.IsDisposed));
        Assert.All(writers.SkipLast(1), writer => Assert.False(writer.IsComplete));
        Assert.True(writers[^1].IsComplete);
        Volumes.AssertSamePixels(image, writers[^1].Volume);
    }

    [Fact]
    public async Task RunAsync_ConnectionLostAfterResultChunk_IsNotRepeated()
    {
        await using var server = await ScriptedServer.StartAsync(async job =>
        {
            var declaration = await job.ReadDeclarationAsync();
            await job.ReadChunksAsync();
            await job.Responses.WriteAsync(Answers.Accepted(declaration.Inputs[0].Volume));
            await job.Responses.WriteAsync(Answers.Planes(0, 1, new VolumeShape(4, 3, 2)));
            await job.CancelledAsync();
        });
        await using var client = server.Connect(Options);
        // The server goes away once the first plane has been written here.
        var progress = new CallbackProgress(report =>
        {
            if (report.PlanesReceived == 1)
            {
                server.DropJobs();
            }
        });

        var error = await Assert.ThrowsAsync<InferenceException>(() => client.RunAsync(
            Volumes.Ramp(new VolumeShape(4, 3, 2), PixelType.Float32), new RunRequest("test/op"), progress, Cancellation));

        Assert.Equal(InferenceError.ServerUnreachable, error.Error);
        Assert.Contains("was lost", error.Message, StringComparison.Ordinal);
        Assert.Contains(server.Address, error.Message, StringComparison.Ordinal);
        Assert.Equal(1, server.Jobs);
        Assert.Empty(_time.Skipped);
    }

    [Theory]
    [InlineData(nameof(InferenceError.ServerBusy), StatusCode.ResourceExhausted, 4)]
    [InlineData(nameof(InferenceError.ServerStopping), StatusCode.Unavailable, 4)]
    [InlineData(nameof(InferenceError.OperationNotFound), StatusCode.NotFound, 1)]
    [InlineData(nameof(InferenceError.DeviceOutOfMemory), StatusCode.ResourceExhausted, 1)]
    [InlineData(nameof(InferenceError.Internal), StatusCode.Internal, 1)]
    public async Task RunAsync_ServerRefuses_RepeatsOnlyWhatMayPass(string error, StatusCode code, int attempts)
    {
        await using var server = await ScriptedServer.StartAsync(
            _ => throw new RpcException(new Status(code, "No."), new Metadata { { "ib-error", error } }));
        await using var client = server.Connect(Options);

        var thrown = await Assert.ThrowsAsync<InferenceException>(() => client.RunAsync(
            Volumes.Ramp(new VolumeShape(1, 2, 2)), new RunRequest("test/op"), null, Cancellation));

        Assert.Equal(error, thrown.Error.ToString());
        Assert.Equal("No.", thrown.Message);
        Assert.Equal(attempts, server.Jobs);
        Assert.Equal(attempts - 1, _time.Skipped.Count);
    }

    [Fact]
    public async Task RunAsync_OneAttempt_NeverRepeats()
    {
        await using var server = await ScriptedServer.StartAsync(
            _ => throw new RpcException(new Status(StatusCode.Unavailable, "Down.")));
        await using var client = server.Connect(Options with { Retry = new RetryOptions { MaxAttempts = 1 } });

        await Assert.ThrowsAsync<InferenceException>(() => client.RunAsync(
            Volumes.Ramp(new VolumeShape(1, 2, 2)), new RunRequest("test/op"), null, Cancellation));

        Assert.Equal(1, server.Jobs);
    }

    [Fact]
    public async Task RunAsync_RetryDeadlinePassed_GivesUp()
    {
        await using var server = await ScriptedServer.StartAsync(
            _ => throw new RpcException(new Status(StatusCode.Unavailable, "Down.")));
        // The first failure starts the clock; the pause after it alone is longer than the deadline.
        var retry = new RetryOptions
        {
            MaxAttempts = 50, BaseDelay = TimeSpan.FromSeconds(5), Deadline = TimeSpan.FromTicks(1),
        };
        await using var client = server.Connect(Options with { Retry = retry });

        await Assert.ThrowsAsync<InferenceException>(() => client.RunAsync(
            Volumes.Ramp(new VolumeShape(1, 2, 2)), new RunRequest("test/op"), null, Cancellation));

        Assert.Equal(2, server.Jobs);
        Assert.Contains(_log.Entries, entry => entry is { Id: 2, Level: LogLevel.Warning });
    }

    [Fact]
    public async Task RunAsync_ManyAttempts_PausesStayBelowMaximum()
    {
        await using var server = await ScriptedServer.StartAsync(
            _ => throw new RpcException(new Status(StatusCode.Unavailable, "Down.")));
        var retry = new RetryOptions
        {
            MaxAttempts = 12, BaseDelay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromSeconds(3), Deadline = TimeSpan.FromDays(1),
        };
        await using var client = server.Connect(Options with { Retry = retry });

        await Assert.ThrowsAsync<InferenceException>(() => client.RunAsync(
            Volumes.Ramp(new VolumeShape(1, 2, 2)), new RunRequest("test/op"), null, Cancellation));

        Assert.Equal(11, _time.Skipped.Count);
        Assert.All(_time.Skipped, pause => Assert.InRange(pause, TimeSpan.Zero, retry.MaxDelay));
        // They grow: the last ones have reached the maximum, the first one has not.
        Assert.Equal(retry.MaxDelay, _time.Skipped[^1]);
        Assert.True(_time.Skipped[0] < retry.MaxDelay);
    }

    [Fact]
    public async Task GetServerInfoAsync_NobodyListens_NamesAddressAndWhatToDo()
    {
        // Bound but not listening: the port is ours, and refuses.
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var address = $"127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}";
        await using var client = InferenceBridgeClient.Connect(address, Options);

        var error = await Assert.ThrowsAsync<InferenceException>(() => client.GetServerInfoAsync(Cancellation));

        Assert.Equal((InferenceError.ServerUnreachable, "address"), (error.Error, error.Field));
        Assert.Contains(address, error.Message, StringComparison.Ordinal);
        Assert.Contains("ib serve", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, _log.Entries.Count(entry => entry.Id == 1));
        Assert.Contains("GetServerInfo", _log.Entries[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_SocketMissing_NamesIt()
    {
        await using var client = InferenceBridgeClient.Connect("unix:/nowhere/ib.sock", Options);

        var error = await Assert.ThrowsAsync<InferenceException>(() => client.RunAsync(
            Volumes.Ramp(new VolumeShape(1, 2, 2)), new RunRequest("test/op"), null, Cancellation));

        Assert.Equal(InferenceError.ServerUnreachable, error.Error);
        Assert.Contains("unix:/nowhere/ib.sock", error.Message, StringComparison.Ordinal);
    }

    private static SpyWriter Remember(List<SpyWriter> writers, VolumeInfo info)
    {
        var writer = new SpyWriter(info);
        writers.Add(writer);
        return writer;
    }

    private sealed class CallbackProgress(Action<RunProgress> callback) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => callback(value);
    }
}
