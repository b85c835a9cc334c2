using InferenceBridge.Client.Tests.Support;
using InferenceBridge.Imaging;

namespace InferenceBridge.Client.Tests;

public class CancellationTests
{
    private readonly TaskCompletionSource _started = new();
    private readonly TaskCompletionSource _cancelled = new();

    [Fact]
    public async Task RunAsync_CallerCancels_ThrowsWithItsTokenAndCancelsOnServer()
    {
        await using var server = await ScriptedServer.StartAsync(WaitAsync);
        await using var client = server.Connect();
        using var source = new CancellationTokenSource();

        var run = client.RunAsync(Volumes.Ramp(new VolumeShape(1, 2, 2)), new RunRequest("test/op"), null, source.Token);
        await _started.Task;
        await source.CancelAsync();

        var error = await Assert.ThrowsAsync<OperationCanceledException>(() => run);
        Assert.Equal(source.Token, error.CancellationToken);
        Assert.Equal(1, server.Jobs);
        await _cancelled.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task RunAsync_CallerCancelsStalledUpload_Ends()
    {
        // The server takes nothing, so the client hangs in a write that flow control holds back.
        await using var server = await ScriptedServer.StartAsync(WaitAsync);
        await using var client = server.Connect();
        using var source = new CancellationTokenSource();

        var run = client.RunAsync(
            Volumes.Ramp(new VolumeShape(32, 1024, 1024), PixelType.UInt8), new RunRequest("test/op"), null, source.Token);
        await _started.Task;
        await source.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => run);
        await _cancelled.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task RunAsync_TimeoutPasses_ThrowsDeadlineExceededAndCancelsOnServer()
    {
        var time = new ManualTime();
        await using var server = await ScriptedServer.StartAsync(WaitAsync);
        await using var client = server.Connect(new InferenceBridgeClientOptions { TimeProvider = time });
        var request = new RunRequest("test/op") { Timeout = TimeSpan.FromMinutes(3) };

        var run = client.RunAsync(Volumes.Ramp(new VolumeShape(1, 2, 2)), request, null, TestContext.Current.CancellationToken);
        await _started.Task;
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.False(run.IsCompleted);
        time.Advance(TimeSpan.FromMinutes(1));

        var error = await Assert.ThrowsAsync<InferenceException>(() => run);
        Assert.Equal((InferenceError.DeadlineExceeded, "timeout"), (error.Error, error.Field));
        Assert.Contains("00:03:00", error.Message, StringComparison.Ordinal);
        await _cancelled.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task RunAsync_ClientDisposedMeanwhile_ThrowsAndCancelsOnServer()
    {
        await using var server = await ScriptedServer.StartAsync(WaitAsync);
        var client = server.Connect();

        var run = client.RunAsync(
            Volumes.Ramp(new VolumeShape(1, 2, 2)), new RunRequest("test/op"), null, TestContext.Current.CancellationToken);
        await _started.Task;
        await client.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => run);
        await _cancelled.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task RunAsync_CancelledBefore_SendsNothing()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.EchoAsync);
        await using var client = server.Connect();

        await Assert.ThrowsAsync<OperationCanceledException>(() => client.RunAsync(
            Volumes.Ramp(new VolumeShape(1, 2, 2)), new RunRequest("test/op"), null, new CancellationToken(canceled: true)));

        Assert.Equal(0, server.Jobs);
    }

    private async Task WaitAsync(ScriptedJob job)
    {
        await job.ReadDeclarationAsync();
        _started.SetResult();
        await job.CancelledAsync();
        _cancelled.SetResult();
    }
}
