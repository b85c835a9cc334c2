using InferenceBridge.Client;
using InferenceBridge.Imaging;
using InferenceBridge.Server;

namespace InferenceBridge.Functional;

/// <summary>A server that is full, as the SDK shows it.</summary>
public sealed class QueueTests
{
    private static readonly MemoryVolume Image = Volumes.Random(new VolumeInfo(new VolumeShape(2, 16, 16), PixelType.UInt16));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_PlacesTaken_ShowsThePlaceInTheQueueAndThenRuns()
    {
        await using var server = await StartAsync(queue: 5);
        await using var client = InferenceBridgeClient.Connect(server.Addresses[0]);
        using var holder = new EndlessJob(client);
        await holder.RunningAsync();
        var places = new List<RunProgress>();
        var queued = new TaskCompletionSource();
        var waiting = client.RunAsync(Image, new RunRequest("diagnostic/identity"), new Relay(report =>
        {
            places.Add(report);
            if (report.QueuePosition > 0)
            {
                queued.TrySetResult();
            }
        }), Cancellation);
        await queued.Task.WaitAsync(Cancellation);
        Assert.Contains(places, report => report is { Stage: "queued", QueuePosition: 1 });

        await holder.CancelAsync();
        Volumes.AssertSame(Image, (await waiting).Volume);
        Assert.Equal(0, places[^1].QueuePosition);
    }

    [Fact]
    public async Task Run_QueueFull_IsRefusedAndTriedAgain()
    {
        await using var server = await StartAsync(queue: 0);
        await using var client = InferenceBridgeClient.Connect(server.Addresses[0]);
        await using var hasty = InferenceBridgeClient.Connect(server.Addresses[0], new InferenceBridgeClientOptions { Retry = new RetryOptions { MaxAttempts = 1 } });
        using var holder = new EndlessJob(client);
        await holder.RunningAsync();

        var refusal = await Assert.ThrowsAsync<InferenceException>(() => hasty.RunAsync(Image, new RunRequest("diagnostic/identity"), null, Cancellation));
        Assert.Equal((InferenceError.ServerBusy, "InferenceBridge:MaxQueuedJobs"), (refusal.Error, refusal.Field));

        var again = new TaskCompletionSource();
        await using var patient = InferenceBridgeClient.Connect(server.Addresses[0],
            new InferenceBridgeClientOptions { Retry = new RetryOptions { MaxAttempts = 100, BaseDelay = TimeSpan.FromMilliseconds(20) } });
        var retried = patient.RunAsync(Image, new RunRequest("diagnostic/identity"), new Relay(report =>
        {
            if (report.Attempt > 1)
            {
                again.TrySetResult();
            }
        }), Cancellation);
        await again.Task.WaitAsync(Cancellation);
        await holder.CancelAsync();
        Volumes.AssertSame(Image, (await retried).Volume);
    }

    private static Task<InferenceServerHost> StartAsync(int queue) => InferenceServerHost.StartAsync(
        new InferenceServerOptions { Urls = "http://127.0.0.1:0", Device = "cpu", MaxConcurrentJobs = 1, MaxQueuedJobs = queue });

    private sealed class Relay(Action<RunProgress> report) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => report(value);
    }

    /// <summary>A job whose image never comes to its end, so that it keeps its place until it is cancelled.</summary>
    private sealed class EndlessJob : IVolumeReader
    {
        private readonly TaskCompletionSource _running = new();
        private readonly CancellationTokenSource _cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        private readonly Task _job;

        public EndlessJob(InferenceBridgeClient client) => _job = Task.Run(() => client.RunAsync(this, new RunRequest("diagnostic/identity"), null, _cancel.Token));

        public VolumeInfo Info { get; } = new(new VolumeShape(1 << 20, 16, 16), PixelType.UInt8);

        public Task RunningAsync() => _running.Task.WaitAsync(Cancellation);

        public async Task CancelAsync()
        {
            await _cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _job);
        }

        public void ReadRows(long plane, int firstRow, int rowCount, Span<byte> destination)
        {
            // The server has taken far more than it buffers for a job that waits.
            if (plane > 1 << 17)
            {
                _running.TrySetResult();
                _cancel.Token.WaitHandle.WaitOne();
            }
        }

        public void Dispose() => _cancel.Dispose();
    }
}
