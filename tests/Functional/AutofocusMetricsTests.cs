using InferenceBridge.Client;
using InferenceBridge.Imaging;

namespace InferenceBridge.Functional;

/// <summary>autofocus/metrics through a real server, as a stack and as a stream.</summary>
public sealed class AutofocusMetricsTests(LiveServer server) : IClassFixture<LiveServer>
{
    private const string Id = "autofocus/metrics";
    private const int Planes = 11;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_Stack_TellsScoresMapAndFocus()
    {
        await using var client = server.Connect();
        var numbers = new List<IReadOnlyDictionary<string, double>>();
        var result = await client.RunAsync(Stack(), new RunRequest(Id)
        {
            Parameters = new Dictionary<string, ParameterValue> { ["metric"] = "brenner", ["tile_size"] = 32 },
            FrameNumbers = (_, found) => numbers.Add(found),
        }, cancellation: Cancellation);

        Assert.Equal(new VolumeShape(Planes, 7, 1, 2, 3), result.Volume.Info.Shape);
        Assert.Equal(PixelType.Float32, result.Volume.Info.PixelType);
        Assert.Equal(4, numbers.FindIndex(found => found["score"] == numbers.Max(other => other["score"])));
        Assert.All(numbers, found => Assert.Equal(found["brenner"], found["score"]));
        Assert.Equal("4", result.Summary.Details["best_frame"]);
        Assert.Equal(4.4, double.Parse(result.Summary.Details["focus_frame"], System.Globalization.CultureInfo.InvariantCulture), 0.1);
    }

    [Fact]
    public async Task OpenFrameStream_SameFrames_SameScores()
    {
        await using var client = server.Connect();
        var whole = new List<double>();
        await client.RunAsync(Stack(), new RunRequest(Id) { FrameNumbers = (_, found) => whole.Add(found["score"]) }, cancellation: Cancellation);
        var stack = Stack();
        await using var stream = client.OpenFrameStream(new FrameStreamRequest(Id, stack.Info with { Shape = stack.Info.Shape with { Frames = 1 } }), Cancellation);
        for (var i = 0; i < Planes; i++)
        {
            await stream.SendAsync(new Frame(i, stack.Plane(i)), Cancellation);
        }

        await stream.CompleteAsync();
        var live = new List<double>();
        await foreach (var result in stream.ReadResultsAsync(Cancellation))
        {
            live.Add(result.Numbers["score"]);
            Assert.Equal(sizeof(float) * 7, result.Pixels.Length);
        }

        Assert.Equal(whole, live);
    }

    [Fact]
    public async Task RunAsync_NanFrame_IsRefused()
    {
        await using var client = server.Connect();
        var values = new float[3 * 40 * 40];
        values[3000] = float.NaN;
        var fault = await Assert.ThrowsAsync<InferenceException>(() => client.RunAsync(
            MemoryVolume.FromSingles(values, new VolumeShape(3, 1, 1, 40, 40)), new RunRequest(Id), cancellation: Cancellation));
        Assert.Equal(InferenceError.ValueNotFinite, fault.Error);
    }

    [Fact]
    public async Task RunAsync_SlicesInsteadOfFrames_SaysWhatToSend()
    {
        await using var client = server.Connect();
        var fault = await Assert.ThrowsAsync<InferenceException>(() => client.RunAsync(
            new MemoryVolume(new VolumeInfo(new VolumeShape(5, 40, 40), PixelType.UInt16)), new RunRequest(Id), cancellation: Cancellation));
        Assert.Contains("as frames, along T", fault.Message, StringComparison.Ordinal);
    }

    // Stripes of 3 px whose contrast is largest at frame 4.4.
    private static MemoryVolume Stack()
    {
        var values = Enumerable.Range(0, Planes * 60 * 90).Select(i => (Frame: i / 5400, X: i % 90))
            .Select(at => (float)Math.Round(2000 + (800 * (at.X / 3 % 2) / (1 + ((at.Frame - 4.4) * (at.Frame - 4.4) / 6)))));
        return MemoryVolume.FromSingles([.. values], new VolumeShape(Planes, 1, 1, 60, 90));
    }
}
