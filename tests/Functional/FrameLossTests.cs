using InferenceBridge.Client;
using InferenceBridge.Imaging;
using InferenceBridge.Server;

namespace InferenceBridge.Functional;

/// <summary>Streams whose server goes, and comes back.</summary>
public sealed class FrameLossTests
{
    private static readonly VolumeInfo One = new(new VolumeShape(1, 24, 32), PixelType.UInt16);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Stream_ServerStops_GivesTheAnswersBeforeThenOneErrorToEverybody()
    {
        var server = await StartAsync();
        await using var client = InferenceBridgeClient.Connect(server.Addresses[0]);
        await using var stream = client.OpenFrameStream(new FrameStreamRequest("diagnostic/identity", One), Cancellation);
        await stream.SendAsync(new Frame(1, new byte[One.TotalBytes]), Cancellation);
        await using var results = stream.ReadResultsAsync(Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await results.MoveNextAsync());
        Assert.Equal(1, results.Current.Id);

        await server.DisposeAsync();
        var reading = await Assert.ThrowsAsync<InferenceException>(async () => await results.MoveNextAsync());
        var sending = await Assert.ThrowsAsync<InferenceException>(() => stream.SendAsync(new Frame(2, new byte[One.TotalBytes]), Cancellation));
        var exporting = await Assert.ThrowsAsync<InferenceException>(() => stream.ExportStateAsync(Cancellation));
        var ending = await Assert.ThrowsAsync<InferenceException>(() => stream.Completion);

        Assert.All([reading, sending, exporting, ending], error => Assert.True(error.Error is InferenceError.ServerStopping or InferenceError.ServerUnreachable, error.ToString()));
    }

    [Fact(Timeout = 120_000)]
    public async Task Stream_ResumedOnAnotherServer_GoesOnFromTheExportedState()
    {
        byte[] state;
        await using (var first = await StartAsync())
        {
            await using var client = InferenceBridgeClient.Connect(first.Addresses[0]);
            await using var stream = client.OpenFrameStream(new FrameStreamRequest("diagnostic/identity", One), Cancellation);
            await stream.SendAsync(new Frame(1, new byte[One.TotalBytes]), Cancellation);
            state = await stream.ExportStateAsync(Cancellation);
        }

        await using var second = await StartAsync();
        await using var again = InferenceBridgeClient.Connect(second.Addresses[0]);
        await using var resumed = again.OpenFrameStream(new FrameStreamRequest("diagnostic/identity", One) { State = state }, Cancellation);
        await resumed.SendAsync(new Frame(2, new byte[One.TotalBytes]), Cancellation);
        await resumed.CompleteAsync();

        var numbers = new List<double>();
        await foreach (var result in resumed.ReadResultsAsync(Cancellation))
        {
            numbers.Add(result.Numbers["frame"]);
        }

        Assert.Equal([1.0], numbers);
    }

    private static Task<InferenceServerHost> StartAsync() => InferenceServerHost.StartAsync(
        new InferenceServerOptions { Urls = "http://127.0.0.1:0", Device = "cpu", ShutdownGraceSeconds = 0 }, cancellation: Cancellation);
}
