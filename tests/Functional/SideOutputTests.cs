using InferenceBridge.Client;
using InferenceBridge.Imaging;

namespace InferenceBridge.Functional;

/// <summary>Displacement fields of registrations, over real sockets.</summary>
public sealed class SideOutputTests(LiveServer server) : IClassFixture<LiveServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("tcp")]
    [InlineData("unix")]
    public async Task RunAsync_DisplacementAsked_IsTheShiftOfEveryFrame(string socket)
    {
        await using var client = server.Connect(socket);
        (int Y, int X)[] shifts = [(0, 0), (2, -3), (-4, 1)];
        var movie = ShiftedMovie.Create(shifts);
        MemoryVolume? field = null;

        var result = await client.RunAsync(movie, new RunRequest("register/rigid")
        {
            Parameters = new Dictionary<string, ParameterValue> { ["template"] = "first", ["max_shift"] = 6 },
            SideOutputs = new Dictionary<string, Func<VolumeInfo, IVolumeWriter>> { ["displacement"] = info => field = new MemoryVolume(info) },
        }, cancellation: Cancellation);

        Assert.Equal(new VolumeInfo(new VolumeShape(3, 2, 1, 64, 64), PixelType.Float32), field!.Info with { Calibration = Calibration.None });
        var values = field.ToSingles();
        for (var t = 0; t < 3; t++)
        {
            Assert.All(values[(t * 8192)..((t * 8192) + 4096)], y => Assert.Equal(shifts[t].Y, y, 0.1));
            Assert.All(values[((t * 8192) + 4096)..((t + 1) * 8192)], x => Assert.Equal(shifts[t].X, x, 0.1));
        }

        Assert.Equal(movie.Info.Shape, result.Volume.Info.Shape);
    }

    [Fact]
    public async Task RunAsync_SideOutputOfAnOperationThatHasNone_IsRefused()
    {
        await using var client = server.Connect();

        var refusal = await Assert.ThrowsAsync<InferenceException>(() => client.RunAsync(ShiftedMovie.Create((0, 0)), new RunRequest("denoise/gaussian")
        {
            SideOutputs = new Dictionary<string, Func<VolumeInfo, IVolumeWriter>> { ["displacement"] = info => new MemoryVolume(info) },
        }, cancellation: Cancellation));

        Assert.Equal((InferenceError.UsageInvalid, "side_outputs[0]"), (refusal.Error, refusal.Field));
        Assert.Contains("accepted: none", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenFrameStream_DisplacementAsked_ComesWithEveryAnswer()
    {
        await using var client = server.Connect();
        (int Y, int X)[] shifts = [(0, 0), (2, -3), (-4, 1)];
        var movie = ShiftedMovie.Create(shifts);
        await using var stream = client.OpenFrameStream(new FrameStreamRequest("register/rigid", movie.Info with { Shape = new VolumeShape(1, 64, 64) })
        {
            Parameters = new Dictionary<string, ParameterValue> { ["template"] = "first", ["max_shift"] = 6 }, SideOutputs = ["displacement"],
        }, Cancellation);

        for (var t = 0; t < 3; t++)
        {
            await stream.SendAsync(new Frame(t, movie.Plane(t).ToArray()), Cancellation);
        }

        await stream.CompleteAsync();
        var results = new List<FrameResult>();
        await foreach (var result in stream.ReadResultsAsync(Cancellation))
        {
            results.Add(result);
        }


        Assert.Equal(new VolumeShape(1, 2, 1, 64, 64), (await stream.Opened).SideOutputs["displacement"].Shape);
        Assert.Equal(3, results.Count);
        Assert.All(results, result =>
        {
            var values = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(result.SideOutputs["displacement"].Span).ToArray();
            Assert.All(values[..4096], y => Assert.Equal(shifts[result.Id].Y, y, 0.1));
            Assert.All(values[4096..], x => Assert.Equal(shifts[result.Id].X, x, 0.1));
        });
    }
}
