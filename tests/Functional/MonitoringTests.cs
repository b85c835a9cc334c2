using System.Collections.Concurrent;
using System.Diagnostics;
using InferenceBridge.Client;
using InferenceBridge.Imaging;

namespace InferenceBridge.Functional;

/// <summary>What the SDK tells of a live server, and the trace that runs through both.</summary>
public sealed class MonitoringTests(LiveServer server) : IClassFixture<LiveServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("tcp")]
    [InlineData("unix")]
    public async Task GetStatusAsync_AfterAJob_CountsIt(string socket)
    {
        await using var client = server.Connect(socket);
        var before = await client.GetStatusAsync(Cancellation);
        await client.RunAsync(Image(), new RunRequest("diagnostic/identity"), cancellation: Cancellation);
        var after = await client.GetStatusAsync(Cancellation);
        Assert.Equal(before.Totals.Completed + 1, after.Totals.Completed);
        Assert.True(after.Uptime > before.Uptime);
        Assert.Equal((await client.GetServerInfoAsync(Cancellation)).Version, after.Version);
        Assert.Equal("cpu", after.Devices[^1].Id);
    }

    [Fact]
    public async Task WatchAsync_UntilTheCallerHasSeenEnough_RepeatsTheState()
    {
        await using var client = server.Connect();
        var states = new List<ServerStatus>();
        await foreach (var state in client.WatchAsync(TimeSpan.FromSeconds(0.1), Cancellation))
        {
            states.Add(state);
            if (states.Count == 3)
            {
                break;
            }
        }

        Assert.Equal(states.OrderBy(state => state.Uptime), states);
    }

    [Fact]
    public async Task WatchAsync_ImpossibleInterval_IsRefusedByName()
    {
        await using var client = server.Connect();
        var refusal = await Assert.ThrowsAsync<InferenceException>(async () =>
        {
            await foreach (var _ in client.WatchAsync(TimeSpan.FromHours(2), Cancellation))
            {
            }
        });
        Assert.Equal((InferenceError.UsageInvalid, "interval_seconds"), (refusal.Error, refusal.Field));
    }

    [Fact]
    public async Task WatchAsync_CallerCancels_IsCancelled()
    {
        await using var client = server.Connect();
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await Assert.ThrowsAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in client.WatchAsync(TimeSpan.FromHours(1), source.Token))
            {
                await source.CancelAsync();
            }
        });
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("unix")]
    public async Task RunAsync_WithinATrace_JoinsClientAndServer(string socket)
    {
        var stopped = new ConcurrentQueue<Activity>();
        using var source = new ActivitySource($"test {socket}");
        using var listener = new ActivityListener
        {
            ShouldListenTo = each => each == source || each.Name is "InferenceBridge.Client" or "InferenceBridge.Server",
            Sample = (ref options) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = stopped.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var client = server.Connect(socket);
        using var root = source.StartActivity("a program")!;
        await client.RunAsync(Image(), new RunRequest("denoise/gaussian"), cancellation: Cancellation);

        var trace = stopped.Where(activity => activity.TraceId == root.TraceId).ToArray();
        var call = Assert.Single(trace, activity => activity.Source.Name == "InferenceBridge.Client");
        Assert.Equal((root.SpanId, "denoise/gaussian", ActivityKind.Client), (call.ParentSpanId, call.DisplayName, call.Kind));
        Assert.Equal(1, call.GetTagItem("inferencebridge.attempts"));
        var job = Assert.Single(trace, activity => activity.OperationName == "InferenceBridge.Job");
        Assert.Equal((call.SpanId, "denoise/gaussian"), (job.ParentSpanId, job.DisplayName));
        Assert.Contains(trace, activity => activity.OperationName == "tile" && activity.ParentSpanId == job.SpanId);
    }

    [Fact]
    public async Task RunAsync_RefusedWithinATrace_MarksTheCall()
    {
        var stopped = new ConcurrentQueue<Activity>();
        using var source = new ActivitySource("test refusal");
        using var listener = new ActivityListener
        {
            ShouldListenTo = each => each == source || each.Name == "InferenceBridge.Client",
            Sample = (ref options) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = stopped.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var client = server.Connect();
        using var root = source.StartActivity("a program")!;
        await Assert.ThrowsAsync<InferenceException>(() => client.RunAsync(Image(), new RunRequest("no/such"), cancellation: Cancellation));
        var call = Assert.Single(stopped, activity => activity.TraceId == root.TraceId);
        Assert.Equal((ActivityStatusCode.Error, "OperationNotFound"), (call.Status, call.GetTagItem("error.type")));
    }

    private static MemoryVolume Image()
    {
        var volume = new MemoryVolume(new VolumeInfo(new VolumeShape(4, 16, 16), PixelType.UInt16));
        volume.Plane(2).Span.Fill(3);
        return volume;
    }
}
