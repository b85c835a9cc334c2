using InferenceBridge.Client;
using InferenceBridge.Imaging;

namespace InferenceBridge.Functional;

public sealed class FrameStreamTests(LiveServer server) : IClassFixture<LiveServer>
{
    private static readonly VolumeInfo Small = new(new VolumeShape(1, 24, 32), PixelType.UInt16);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("tcp")]
    [InlineData("unix")]
    public async Task OpenFrameStream_Identity_AnswersEveryFrameInOrder(string socket)
    {
        await using var client = server.Connect(socket);
        var info = new VolumeInfo(new VolumeShape(1, 2, 3, 24, 32), PixelType.UInt16);
        var frames = Frames(info, 20);
        await using var stream = client.OpenFrameStream(new FrameStreamRequest("diagnostic/identity", info) { QueueLength = 2 }, Cancellation);

        var sending = SendAsync(stream, frames);
        var results = await ReadAsync(stream);
        await sending;
        var summary = await stream.Completion;

        Assert.Equal(frames.Select(frame => frame.Id), results.Select(result => result.Id));
        for (var i = 0; i < frames.Length; i++)
        {
            Assert.True(frames[i].Pixels.Span.SequenceEqual(results[i].Pixels.Span), $"frame {i}");
            Assert.Equal(frames[i].TimestampSeconds, results[i].TimestampSeconds);
            Assert.Equal(frames[i].ZMicrometres, results[i].ZMicrometres);
            Assert.Equal(i, results[i].Numbers["frame"]);
            Assert.True(results[i].ServerLatency > TimeSpan.Zero && results[i].QueueTime <= results[i].ServerLatency);
        }

        Assert.Equal((20, 20, 0), (summary.Received, summary.Answered, summary.Dropped));
        Assert.True(summary.MedianLatency > TimeSpan.Zero && summary.MedianLatency <= summary.LargestLatency);
        Assert.Equal(info.Shape, (await stream.Opened).Result.Shape);
    }

    [Fact]
    public async Task OpenFrameStream_SeveralInstruments_KeepTheirOwnState()
    {
        await using var client = server.Connect();
        var all = await Task.WhenAll(Enumerable.Range(0, 3).Select(async number =>
        {
            var frames = Frames(Small, 15, seed: number);
            await using var stream = client.OpenFrameStream(new FrameStreamRequest("diagnostic/identity", Small), Cancellation);
            var sending = SendAsync(stream, frames);
            var results = await ReadAsync(stream);
            await sending;
            return frames.Zip(results).All(pair => pair.First.Pixels.Span.SequenceEqual(pair.Second.Pixels.Span) && pair.Second.Numbers["frame"] == pair.First.Id);
        }));

        Assert.Equal([true, true, true], all);
    }

    [Fact]
    public async Task ExportStateAsync_LostConnection_IsResumedByANewStream()
    {
        await using var client = server.Connect();
        var frames = Frames(Small, 8);
        byte[] state;
        await using (var first = client.OpenFrameStream(new FrameStreamRequest("diagnostic/identity", Small), Cancellation))
        {
            foreach (var frame in frames.Take(3))
            {
                await first.SendAsync(frame, Cancellation);
            }

            state = await first.ExportStateAsync(Cancellation);
        }

        await using var second = client.OpenFrameStream(new FrameStreamRequest("diagnostic/identity", Small) { State = state }, Cancellation);
        var sending = SendAsync(second, frames[3..]);
        var results = await ReadAsync(second);
        await sending;

        Assert.Equal([3.0, 4, 5, 6, 7], results.Select(result => result.Numbers["frame"]));
    }

    [Theory]
    [InlineData(5L, "repeats")]
    [InlineData(4L, "goes back")]
    public async Task SendAsync_IdThatDoesNotGrow_IsRefusedAfterTheAnswersBefore(long id, string why)
    {
        await using var client = server.Connect();
        await using var stream = client.OpenFrameStream(new FrameStreamRequest("diagnostic/identity", Small), Cancellation);
        await stream.SendAsync(new Frame(5, new byte[Small.TotalBytes]), Cancellation);
        await stream.SendAsync(new Frame(id, new byte[Small.TotalBytes]), Cancellation);
        var answered = new List<long>();

        var refusal = await Assert.ThrowsAsync<InferenceException>(async () =>
        {
            await foreach (var result in stream.ReadResultsAsync(Cancellation))
            {
                answered.Add(result.Id);
            }
        });

        Assert.Equal([5], answered);
        Assert.Equal((InferenceError.ChunkOutOfOrder, "frame.id"), (refusal.Error, refusal.Field));
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_NanFrame_IsRefusedByName()
    {
        await using var client = server.Connect();
        var info = Small with { PixelType = PixelType.Float32 };
        await using var stream = client.OpenFrameStream(new FrameStreamRequest("register/rigid", info), Cancellation);
        var pixels = new float[info.Shape.PlaneElementCount];
        pixels[37] = float.NaN;
        await stream.SendAsync(new Frame(9, System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(pixels).ToArray()), Cancellation);

        var refusal = await Assert.ThrowsAsync<InferenceException>(() => ReadAsync(stream));

        Assert.Equal(InferenceError.ValueNotFinite, refusal.Error);
        Assert.Contains("Frame 9", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("row 1, column 5", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_FrameOfAnotherSize_IsRefusedBeforeItIsSent()
    {
        await using var client = server.Connect();
        await using var stream = client.OpenFrameStream(new FrameStreamRequest("diagnostic/identity", Small), Cancellation);

        var refusal = await Assert.ThrowsAsync<InferenceException>(() => stream.SendAsync(new Frame(1, new byte[10]), Cancellation));

        Assert.Equal(InferenceError.ChunkSizeMismatch, refusal.Error);
    }

    [Fact]
    public async Task Opened_VolumeOperation_IsRefusedByName()
    {
        await using var client = server.Connect();
        await using var stream = client.OpenFrameStream(new FrameStreamRequest("denoise/gaussian", Small), Cancellation);

        var refusal = await Assert.ThrowsAsync<InferenceException>(() => stream.Opened);

        Assert.Equal((InferenceError.UsageInvalid, "operation"), (refusal.Error, refusal.Field));
    }

    [Fact]
    public async Task RunAsync_MovieThroughRegistration_GivesShiftsPerFrame()
    {
        await using var client = server.Connect();
        (int Y, int X)[] shifts = [(0, 0), (2, -3), (-4, 1)];
        var movie = ShiftedMovie.Create(shifts);
        var rows = new List<(long Frame, double Y, double X)>();
        var result = await client.RunAsync(movie, new RunRequest("register/rigid")
        {
            Parameters = new Dictionary<string, ParameterValue> { ["template"] = "first", ["max_shift"] = 6 },
            FrameNumbers = (frame, numbers) => rows.Add((frame, numbers["shift_y"], numbers["shift_x"])),
        }, cancellation: Cancellation);

        Assert.Equal([0L, 1, 2], rows.Select(row => row.Frame));
        Assert.All(rows, row =>
        {
            Assert.Equal(shifts[row.Frame].Y, row.Y, 0.1);
            Assert.Equal(shifts[row.Frame].X, row.X, 0.1);
        });
        Assert.Equal(movie.Info.Shape, result.Volume.Info.Shape);
        Assert.Equal("3", result.Summary.Details["frames"]);
        Assert.NotEqual("0", result.Summary.Details["correlation_after"]);
    }

    private static Frame[] Frames(VolumeInfo info, int count, int seed = 1) =>
    [
        .. Enumerable.Range(0, count).Select(i =>
        {
            var pixels = new byte[info.TotalBytes];
            new Random((seed * 100) + i).NextBytes(pixels);
            return new Frame(i, pixels) { TimestampSeconds = i / 30.0, ZMicrometres = i % 2 == 0 ? i * 0.5 : null };
        }),
    ];

    private static async Task SendAsync(FrameStream stream, IEnumerable<Frame> frames)
    {
        foreach (var frame in frames)
        {
            await stream.SendAsync(frame, Cancellation);
        }

        await stream.CompleteAsync();
    }

    private static async Task<List<FrameResult>> ReadAsync(FrameStream stream)
    {
        var results = new List<FrameResult>();
        await foreach (var result in stream.ReadResultsAsync(Cancellation))
        {
            results.Add(result);
        }

        return results;
    }
}
