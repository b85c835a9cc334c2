using InferenceBridge.Client;
using InferenceBridge.Imaging;

namespace InferenceBridge.Functional;

/// <summary>Frames and movies as instruments really send them: constant, NaN, alone, too fast, several at once.</summary>
public sealed class FrameRobustnessTests(LiveServer server) : IClassFixture<LiveServer>
{
    private const int Side = 64;

    private static readonly VolumeInfo One = new(new VolumeShape(1, Side, Side), PixelType.UInt16);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_ConstantFrameAmongOthers_IsAnsweredAsItIs()
    {
        await using var client = server.Connect();
        var constant = new byte[One.TotalBytes];
        constant.AsSpan().Fill(7);
        byte[][] frames = [Scene(1, 0, 0), constant, Scene(1, 3, -2)];

        var results = await StreamAsync(client, frames, ("template", "first"));

        Assert.Equal(constant, results[1].Pixels.ToArray());
        Assert.Equal([1.0, 0, 1], results.Select(result => result.Numbers["has_structure"]));
        Assert.Equal(3, results[2].Numbers["shift_y"], 0.1);
        Assert.Equal(-2, results[2].Numbers["shift_x"], 0.1);
    }

    [Fact]
    public async Task Stream_OnlyConstantFrames_AreAnsweredAsTheyAre()
    {
        await using var client = server.Connect();

        var results = await StreamAsync(client, [new byte[One.TotalBytes], new byte[One.TotalBytes]]);

        Assert.All(results, result => Assert.All(result.Pixels.ToArray(), pixel => Assert.Equal(0, pixel)));
        Assert.Equal([0.0, 0], results.Select(result => result.Numbers["has_structure"]));
    }

    [Theory]
    [InlineData("register/rigid")]
    [InlineData("diagnostic/identity")]
    public async Task Run_MovieOfOneFrame_IsGivenBack(string operation)
    {
        await using var client = server.Connect();
        var movie = Movie(Scene(1, 0, 0));
        var rows = new List<double>();

        var result = await client.RunAsync(movie, new RunRequest(operation) { FrameNumbers = (_, numbers) => rows.Add(numbers["shift_y"]) }, cancellation: Cancellation);

        Volumes.AssertSame(movie, result.Volume);
        Assert.Equal(operation == "register/rigid" ? [0] : [], rows);
    }

    [Fact]
    public async Task Run_ConstantMovie_IsGivenBackWithAWarning()
    {
        await using var client = server.Connect();
        var movie = Movie(new byte[One.TotalBytes], new byte[One.TotalBytes], new byte[One.TotalBytes]);

        var result = await client.RunAsync(movie, new RunRequest("register/rigid"), cancellation: Cancellation);

        Volumes.AssertSame(movie, result.Volume);
        Assert.Contains(result.Summary.Warnings, warning => warning.StartsWith("3 frame(s) are constant", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_NanInTheMiddleOfAMovie_SaysWhereAndServesOn()
    {
        await using var client = server.Connect();
        var values = Enumerable.Range(0, 4 * Side * Side).Select(i => (float)(i * 7919 % 1009)).ToArray();
        values[(2 * Side * Side) + (5 * Side) + 9] = float.NaN;
        var movie = MemoryVolume.FromSingles(values, new VolumeShape(4, 1, 1, Side, Side));

        var refusal = await Assert.ThrowsAsync<InferenceException>(() => client.RunAsync(movie, new RunRequest("register/rigid"), cancellation: Cancellation));

        Assert.Equal(InferenceError.ValueNotFinite, refusal.Error);
        Assert.Contains("plane 2, row 5, column 9", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await client.RunAsync(Movie(Scene(1, 0, 0)), new RunRequest("register/rigid"), cancellation: Cancellation)).Volume.Info.Shape.Frames);
    }

    [Fact]
    public async Task Open_TemplateOfAnotherSize_IsRefusedByNameForStreamAndMovie()
    {
        await using var client = server.Connect();
        var template = Volumes.Random(new VolumeInfo(new VolumeShape(1, Side, Side + 1), PixelType.UInt16));
        var parameters = new Dictionary<string, ParameterValue> { ["template"] = "given" };
        var auxiliaries = new Dictionary<string, IVolumeReader> { ["template"] = template };

        await using var stream = client.OpenFrameStream(
            new FrameStreamRequest("register/rigid", One) { Parameters = parameters, Auxiliaries = auxiliaries }, Cancellation);
        var live = await Assert.ThrowsAsync<InferenceException>(() => stream.Opened);
        var whole = await Assert.ThrowsAsync<InferenceException>(() => client.RunAsync(
            Movie(Scene(1, 0, 0)), new RunRequest("register/rigid") { Parameters = parameters, Auxiliaries = auxiliaries }, cancellation: Cancellation));

        Assert.All([live, whole], refusal => Assert.Equal((InferenceError.ShapeMismatch, "template"), (refusal.Error, refusal.Field)));
        Assert.Contains($"{Side}×{Side + 1}", live.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FrameDropPolicy.Block, 1)]
    [InlineData(FrameDropPolicy.DropOldest, 1)]
    [InlineData(FrameDropPolicy.DropOldest, 5)]
    public async Task Stream_FasterThanTheDevice_AnswersOrReportsEveryFrame(FrameDropPolicy policy, int queue)
    {
        await using var client = server.Connect();
        const int count = 150;
        await using var stream = client.OpenFrameStream(new FrameStreamRequest("register/rigid", One) { DropPolicy = policy, QueueLength = queue }, Cancellation);
        var scene = Scene(1, 0, 0);

        var sending = SendAsync(stream, Enumerable.Repeat(scene, count));
        var results = await ReadAsync(stream);
        await sending;
        var summary = await stream.Completion;

        long[] answered = [.. results.Select(result => result.Id)];
        long[] dropped = [.. results.SelectMany(result => result.DroppedIds), .. summary.DroppedIds];
        Assert.Equal(answered.Order(), answered);
        Assert.Equal(Enumerable.Range(0, count).Select(id => (long)id), answered.Concat(dropped).Order());
        Assert.Equal((count, answered.Length, dropped.Length), (summary.Received, summary.Answered, summary.Dropped));
        if (policy == FrameDropPolicy.Block)
        {
            Assert.Empty(dropped);
        }
    }

    [Fact]
    public async Task Stream_BesideAnotherAndAMovie_GivesTheSameAsAlone()
    {
        await using var client = server.Connect();
        byte[][] one = [.. Enumerable.Range(0, 20).Select(i => Scene(1, i % 5, -i % 3))];
        byte[][] two = [.. Enumerable.Range(0, 20).Select(i => Scene(2, -i % 4, i % 6))];
        var movie = Movie(one);
        var (aloneOne, aloneTwo) = (await StreamAsync(client, one), await StreamAsync(client, two, ("template", "running")));
        var aloneMovie = await client.RunAsync(movie, new RunRequest("register/rigid"), cancellation: Cancellation);

        await using var other = server.Connect("unix");
        var (together, others) = (StreamAsync(client, one), StreamAsync(other, two, ("template", "running")));
        var besides = client.RunAsync(movie, new RunRequest("register/rigid"), cancellation: Cancellation);

        AssertSame(aloneOne, await together);
        AssertSame(aloneTwo, await others);
        Volumes.AssertSame(aloneMovie.Volume, (await besides).Volume);
    }

    private static void AssertSame(List<FrameResult> expected, List<FrameResult> actual)
    {
        Assert.Equal(expected.Select(result => result.Id), actual.Select(result => result.Id));
        Assert.All(expected.Zip(actual), pair =>
        {
            Assert.True(pair.First.Pixels.Span.SequenceEqual(pair.Second.Pixels.Span), $"frame {pair.First.Id}");
            Assert.Equal(pair.First.Numbers, pair.Second.Numbers);
        });
    }

    // A random scene of blobs, seen through a window that lies (y, x) px further up and left.
    private static byte[] Scene(int seed, int y, int x)
    {
        var random = new Random(seed);
        var blobs = Enumerable.Range(0, 120).Select(_ => (Y: random.NextDouble() * (Side + 24), X: random.NextDouble() * (Side + 24), Height: 200 + random.Next(2000))).ToArray();
        var values = new float[Side * Side];
        foreach (var blob in blobs)
        {
            for (var i = 0; i < values.Length; i++)
            {
                var (dy, dx) = ((i / Side) + 12 - y - blob.Y, (i % Side) + 12 - x - blob.X);
                values[i] += (float)(blob.Height * Math.Exp(-0.25 * ((dy * dy) + (dx * dx))));
            }
        }

        var pixels = new byte[One.TotalBytes];
        PixelConverter.FromSingle(values, PixelType.UInt16, pixels);
        return pixels;
    }

    private static MemoryVolume Movie(params byte[][] frames)
    {
        var movie = new MemoryVolume(One with { Shape = One.Shape with { Frames = frames.Length } });
        for (var t = 0; t < frames.Length; t++)
        {
            frames[t].CopyTo(movie.Plane(t).Span);
        }

        return movie;
    }

    private static async Task<List<FrameResult>> StreamAsync(InferenceBridgeClient client, byte[][] frames, params (string Name, string Value)[] parameters)
    {
        await using var stream = client.OpenFrameStream(new FrameStreamRequest("register/rigid", One)
        {
            Parameters = parameters.ToDictionary(pair => pair.Name, pair => (ParameterValue)pair.Value),
        }, Cancellation);
        var sending = SendAsync(stream, frames);
        var results = await ReadAsync(stream);
        await sending;
        return results;
    }

    private static async Task SendAsync(FrameStream stream, IEnumerable<byte[]> frames)
    {
        var id = 0L;
        foreach (var pixels in frames)
        {
            await stream.SendAsync(new Frame(id++, pixels), Cancellation);
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
