using Grpc.Core;
using InferenceBridge.Client.Tests.Support;
using InferenceBridge.Imaging;

namespace InferenceBridge.Client.Tests;

/// <summary>Jobs whose server goes away in their midst (issue 3).</summary>
public sealed class RestartTests
{
    private static readonly VolumeShape Shape = new(4, 3, 2);

    private readonly ManualTime _time = new(skip: TimeSpan.FromSeconds(15));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private InferenceBridgeClientOptions Through => new()
    {
        TimeProvider = _time, Retry = RetryOptions.ThroughRestarts(TimeSpan.FromSeconds(60)),
    };

    [Fact]
    public async Task RunAsync_LostAfterPartOfTheResult_RunsAgainWithFreshWriter()
    {
        await using var server = await ScriptedServer.StartAsync(job => job.Number == 1 ? LoseAfterAPlaneAsync(job) : Answers.EchoAsync(job));
        await using var client = server.Connect(Through);
        var image = Volumes.Ramp(Shape, PixelType.Float32);
        var writers = new List<SpyWriter>();

        var summary = await client.RunAsync(image, info => Remember(writers, info), new RunRequest("test/op"), new Dropper(server), Cancellation);

        Assert.Equal((2, 2), (summary.Attempts, writers.Count));
        Assert.Equal((true, false), (writers[0].IsDisposed, writers[0].IsComplete));
        Assert.True(writers[1].IsComplete);
        Volumes.AssertSamePixels(image, writers[1].Volume);
    }

    [Fact]
    public async Task RunAsync_LostAndNotBack_TellsTheLossFirst()
    {
        await using var server = await ScriptedServer.StartAsync(job => job.Number == 1 ? LoseAfterAPlaneAsync(job) : Drop(job));
        await using var client = server.Connect(Through);

        var error = await Assert.ThrowsAsync<InferenceException>(() => client.RunAsync(
            Volumes.Ramp(Shape, PixelType.Float32), new RunRequest("test/op"), new Dropper(server), Cancellation));

        Assert.Equal((InferenceError.ServerUnreachable, "address"), (error.Error, error.Field));
        Assert.StartsWith($"The server at {server.Address} was lost in mid-job (", error.Message, StringComparison.Ordinal);
        Assert.Matches(@"It did not come back within 6[0-9.]+ s \([0-9]+ more attempts\)\.$", error.Message);
        Assert.InRange(server.Jobs, 10, 99);
    }

    [Fact]
    public async Task RunAsync_StoppedAndNotBack_TellsThatItStopped()
    {
        await using var server = await ScriptedServer.StartAsync(job => job.Number == 1
            ? throw new RpcException(new Status(StatusCode.Unavailable, "The server is stopping."), new Metadata { { "ib-error", nameof(InferenceError.ServerStopping) } })
            : Drop(job));
        await using var client = server.Connect(new InferenceBridgeClientOptions { TimeProvider = _time });

        var error = await Assert.ThrowsAsync<InferenceException>(() => client.RunAsync(
            Volumes.Ramp(Shape), new RunRequest("test/op"), null, Cancellation));

        Assert.Matches(@"^The server is stopping\. It did not come back within [0-9.]+ s \(3 more attempts\)\.$", error.Message);
    }

    [Fact]
    public async Task RunAsync_JobThatEndsTheServerEveryTime_IsGivenUp()
    {
        await using var server = await ScriptedServer.StartAsync(LoseAfterAPlaneAsync);
        await using var client = server.Connect(Through with { Retry = Through.Retry with { MaxLosses = 4 } });

        var error = await Assert.ThrowsAsync<InferenceException>(() => client.RunAsync(
            Volumes.Ramp(Shape, PixelType.Float32), new RunRequest("test/op"), new Dropper(server), Cancellation));

        Assert.Equal(InferenceError.ServerUnreachable, error.Error);
        Assert.Equal(4, server.Jobs);
    }

    [Fact]
    public async Task RunAsync_LostAgainLongAfterTheFirstTime_HasTheWholeDeadlineAgain()
    {
        // Every attempt runs longer than the deadline; only the time without a server counts.
        await using var server = await ScriptedServer.StartAsync(job => job.Number < 3 ? LoseAfterAPlaneAsync(job) : Answers.EchoAsync(job));
        await using var client = server.Connect(Through);
        var image = Volumes.Ramp(Shape, PixelType.Float32);
        var dropper = new Dropper(server) { BeforeDrop = () => _time.Advance(TimeSpan.FromHours(2)) };

        var result = await client.RunAsync(image, new RunRequest("test/op"), dropper, Cancellation);

        Assert.Equal(3, result.Summary.Attempts);
        Volumes.AssertSamePixels(image, result.Volume);
    }

    private static async Task LoseAfterAPlaneAsync(ScriptedJob job)
    {
        var declaration = await job.ReadDeclarationAsync();
        await job.ReadChunksAsync();
        await job.Responses.WriteAsync(Answers.Accepted(declaration.Inputs[0].Volume));
        await job.Responses.WriteAsync(Answers.Planes(0, 1, Shape));
        await job.CancelledAsync();
    }

    private static Task Drop(ScriptedJob job)
    {
        job.DropConnection();
        return Task.CompletedTask;
    }

    private static SpyWriter Remember(List<SpyWriter> writers, VolumeInfo info)
    {
        writers.Add(new SpyWriter(info));
        return writers[^1];
    }

    /// <summary>Cuts the connections of the server once the first plane of an attempt has been written here.</summary>
    private sealed class Dropper(ScriptedServer server) : IProgress<RunProgress>
    {
        private int _dropped;

        public Action BeforeDrop { get; init; } = () => { };

        public void Report(RunProgress value)
        {
            if (value.PlanesReceived == 1 && value.Attempt > _dropped)
            {
                _dropped = value.Attempt;
                BeforeDrop();
                server.DropJobs();
            }
        }
    }
}
