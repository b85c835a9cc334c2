using Grpc.Core;
using InferenceBridge.Client.Tests.Support;
using InferenceBridge.Imaging;

namespace InferenceBridge.Client.Tests;

/// <summary>Refusals by the server and faults on this side: the first cause comes out, under its own name.</summary>
public class FailureTests
{
    /// <summary>Far more than flow control lets into a server that does not read.</summary>
    private static readonly VolumeShape Large = new(48, 1024, 1024);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public async Task RunAsync_ServerRefusesDuringUpload_RefusalComesOutNotBrokenWrite(int chunksRead)
    {
        await using var server = await ScriptedServer.StartAsync(async job =>
        {
            await job.ReadDeclarationAsync();
            for (var i = 0; i < chunksRead; i++)
            {
                Assert.True(await job.Requests.MoveNext());
            }

            throw new RpcException(new Status(StatusCode.InvalidArgument, "Parameter größe is 3; accepted: 1 to 2."), new Metadata
            {
                { "ib-error", "ParameterOutOfRange" }, { "ib-field", "parameters.gr%C3%B6%C3%9Fe" },
            });
        });
        await using var client = server.Connect();
        using var reader = new SpyReader(Volumes.Ramp(Large, PixelType.UInt8));

        var error = await Assert.ThrowsAsync<InferenceException>(
            () => client.RunAsync(reader, new RunRequest("test/op"), null, Cancellation));

        Assert.Equal(InferenceError.ParameterOutOfRange, error.Error);
        Assert.Equal("parameters.größe", error.Field);
        Assert.Equal("Parameter größe is 3; accepted: 1 to 2.", error.Message);
        Assert.Equal(1, server.Jobs);
    }

    [Fact]
    public async Task RunAsync_ReaderFails_ItsErrorComesOutAndServerIsCancelled()
    {
        var cancelled = new TaskCompletionSource();
        await using var server = await ScriptedServer.StartAsync(async job =>
        {
            try
            {
                await job.ReadDeclarationAsync();
                await job.ReadChunksAsync();
            }
            catch (Exception e) when (IsCancellation(e))
            {
                cancelled.SetResult();
            }
        });
        await using var client = server.Connect();
        using var reader = new SpyReader(Volumes.Ramp(new VolumeShape(8, 1024, 1024), PixelType.UInt8), failAtPlane: 5);

        var error = await Assert.ThrowsAsync<InferenceException>(
            () => client.RunAsync(reader, new RunRequest("test/op"), null, Cancellation));

        Assert.Equal((InferenceError.FileFormatInvalid, "The strip is damaged."), (error.Error, error.Message));
        Assert.Equal(1, server.Jobs);
        await cancelled.Task.WaitAsync(Cancellation);
    }

    [Fact]
    public async Task RunAsync_WriterFails_ItsErrorComesOutAndServerIsCancelled()
    {
        var cancelled = new TaskCompletionSource();
        await using var server = await ScriptedServer.StartAsync(async job =>
        {
            try
            {
                await Answers.EchoAsync(job);
            }
            catch (Exception e) when (IsCancellation(e))
            {
                cancelled.SetResult();
            }
        });
        await using var client = server.Connect();
        SpyWriter? writer = null;

        var error = await Assert.ThrowsAsync<InferenceException>(() => client.RunAsync(
            Volumes.Ramp(Large, PixelType.UInt8), info => writer = new SpyWriter(info, failAtPlane: 3),
            new RunRequest("test/op"), null, Cancellation));

        Assert.Equal((InferenceError.FileUnwritable, "The disk is full."), (error.Error, error.Message));
        Assert.True(writer is { IsDisposed: true, IsComplete: false });
        await cancelled.Task.WaitAsync(Cancellation);
    }

    [Fact]
    public async Task RunAsync_WriterCannotBeMade_ItsErrorComesOut()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.EchoAsync);
        await using var client = server.Connect();

        var error = await Assert.ThrowsAsync<InferenceException>(() => client.RunAsync(
            Volumes.Ramp(new VolumeShape(1, 2, 2)),
            _ => throw new InferenceException(InferenceError.FileUnwritable, "output", "No such folder."),
            new RunRequest("test/op"), null, Cancellation));

        Assert.Equal("No such folder.", error.Message);
        Assert.Equal(1, server.Jobs);
    }

    [Fact]
    public async Task RunAsync_ProgressHandlerThrows_ItsExceptionComesOut()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.EchoAsync);
        await using var client = server.Connect();

        await Assert.ThrowsAsync<NotSupportedException>(() => client.RunAsync(
            Volumes.Ramp(new VolumeShape(1, 2, 2)), new RunRequest("test/op"), new ThrowingProgress(), Cancellation));
    }

    [Fact]
    public async Task RunAsync_ServerWithoutTheService_SaysSo()
    {
        await using var server = await ScriptedServer.StartAsync(
            _ => throw new RpcException(new Status(StatusCode.Unimplemented, "Service is unimplemented.")));
        await using var client = server.Connect();

        var error = await Assert.ThrowsAsync<InferenceException>(() => client.RunAsync(
            Volumes.Ramp(new VolumeShape(1, 2, 2)), new RunRequest("test/op"), null, Cancellation));

        Assert.Equal(InferenceError.ProtocolViolation, error.Error);
        Assert.Contains(server.Address, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("operation")]
    [InlineData("timeout")]
    [InlineData("auxiliaries")]
    public async Task RunAsync_RequestInvalid_IsRefusedBeforeAnythingIsSent(string field)
    {
        var image = Volumes.Ramp(new VolumeShape(1, 2, 2));
        await using var client = InferenceBridgeClient.Connect("127.0.0.1:1");
        var request = new RunRequest(field == "operation" ? " " : "test/op")
        {
            Timeout = field == "timeout" ? TimeSpan.Zero : null,
            Auxiliaries = field == "auxiliaries"
                ? new Dictionary<string, IVolumeReader> { ["image"] = image }
                : new Dictionary<string, IVolumeReader>(),
        };

        var error = await Assert.ThrowsAsync<InferenceException>(() => client.RunAsync(image, request, null, Cancellation));

        Assert.Equal((InferenceError.UsageInvalid, field), (error.Error, error.Field));
    }

    /// <summary>What reading from, or writing to, a cancelled call throws on the server.</summary>
    private static bool IsCancellation(Exception exception) =>
        exception is IOException or OperationCanceledException or InvalidOperationException;

    private sealed class ThrowingProgress : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => throw new NotSupportedException();
    }
}
