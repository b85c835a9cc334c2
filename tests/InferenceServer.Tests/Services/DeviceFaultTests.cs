using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace InferenceBridge.Server.Tests.Services;

/// <summary>A card that runs out of memory or disappears, at every place where it can, also while several jobs are on it.</summary>
public sealed class DeviceFaultTests
{
    // Six frames: six tiles.
    private static readonly MemoryVolume Image = Requests.Ramp(new VolumeShape(6, 1, 2, 8, 8));

    [Theory]
    [InlineData(FaultPlace.Upload, 1)]
    [InlineData(FaultPlace.Upload, 4)]
    [InlineData(FaultPlace.Compute, 1)]
    [InlineData(FaultPlace.Compute, 4)]
    [InlineData(FaultPlace.Download, 1)]
    [InlineData(FaultPlace.Download, 4)]
    public async Task Process_OutOfMemoryOnce_GoesOnInSmallerTiles(FaultPlace place, int passage)
    {
        var injector = new FaultInjector(place, FaultInjector.OutOfMemory, passage, times: 1);
        await using var server = await StartAsync(injector);
        var outcome = await server.ProcessAsync(Requests.Run("test/faulty", Image));
        AssertDoubled(outcome);
        Assert.Equal("card:0", outcome.Summary.Device);
        Assert.Contains("halved", Assert.Single(outcome.Summary.Warnings), StringComparison.Ordinal);

        // Whole tiles until the failure, halves from then on.
        Assert.Equal((passage - 1) + (2 * (6 - (passage - 1))), outcome.Summary.Tiles);
        await server.ServesAsync();
        Assert.Empty(server.Errors);
    }

    [Theory]
    [InlineData(FaultPlace.Start, 1)]
    [InlineData(FaultPlace.Upload, 1)]
    [InlineData(FaultPlace.Upload, 4)]
    [InlineData(FaultPlace.Compute, 1)]
    [InlineData(FaultPlace.Compute, 4)]
    [InlineData(FaultPlace.Download, 1)]
    [InlineData(FaultPlace.Download, 4)]
    public async Task Process_OutOfMemoryFromThenOn_EndsOnTheCpuAndTheNextJobTriesTheCardAgain(FaultPlace place, int passage)
    {
        var injector = new FaultInjector(place, FaultInjector.OutOfMemory, passage);
        await using var server = await StartAsync(injector);
        var outcome = await server.ProcessAsync(Requests.Run("test/faulty", Image));
        AssertDoubled(outcome);
        Assert.Equal(("card:0", "cpu"), (outcome.Accepted.Device, outcome.Summary.Device));
        Assert.Contains("ran out of memory even for", outcome.Summary.Warnings[^1], StringComparison.Ordinal);
        Assert.EndsWith("cpu took over.", outcome.Summary.Warnings[^1], StringComparison.Ordinal);

        var passages = injector.Passages;
        var next = await server.ProcessAsync(Requests.Run("test/faulty", Image));
        AssertDoubled(next);
        Assert.Equal("card:0", next.Accepted.Device);
        Assert.True(injector.Passages > passages);
        Assert.Empty(server.Errors);
    }

    [Theory]
    [InlineData(FaultPlace.Start, 1)]
    [InlineData(FaultPlace.Upload, 1)]
    [InlineData(FaultPlace.Upload, 4)]
    [InlineData(FaultPlace.Compute, 1)]
    [InlineData(FaultPlace.Compute, 4)]
    [InlineData(FaultPlace.Download, 1)]
    [InlineData(FaultPlace.Download, 4)]
    public async Task Process_DeviceLost_EndsOnTheCpuAndTheNextJobBeginsThere(FaultPlace place, int passage)
    {
        var injector = new FaultInjector(place, FaultInjector.DeviceLost, passage);
        await using var server = await StartAsync(injector);
        var outcome = await server.ProcessAsync(Requests.Run("test/faulty", Image));
        AssertDoubled(outcome);
        Assert.Equal(("card:0", "cpu"), (outcome.Accepted.Device, outcome.Summary.Device));
        Assert.Equal("card:0 was lost (CUDA error: device lost); cpu took over.", Assert.Single(outcome.Summary.Warnings));

        // A lost card is not asked again: it would fail again, or worse, wait.
        var next = await server.ProcessAsync(Requests.Run("test/faulty", Image));
        AssertDoubled(next);
        Assert.Equal("cpu", next.Accepted.Device);
        Assert.Empty(next.Summary.Warnings);
        Assert.Equal(passage, injector.Passages);
        Assert.Empty(server.Errors);
    }

    [Theory]
    [InlineData(FaultPlace.Start, FaultInjector.DeviceLost)]
    [InlineData(FaultPlace.Upload, FaultInjector.DeviceLost)]
    [InlineData(FaultPlace.Compute, FaultInjector.DeviceLost)]
    [InlineData(FaultPlace.Download, FaultInjector.DeviceLost)]
    [InlineData(FaultPlace.Start, FaultInjector.OutOfMemory)]
    [InlineData(FaultPlace.Upload, FaultInjector.OutOfMemory)]
    [InlineData(FaultPlace.Compute, FaultInjector.OutOfMemory)]
    [InlineData(FaultPlace.Download, FaultInjector.OutOfMemory)]
    public async Task Process_CardFailsUnderFourJobs_AllEndWell(FaultPlace place, string message)
    {
        var injector = new FaultInjector(place, message, first: place == FaultPlace.Start ? 2 : 7);
        await using var server = await StartAsync(injector);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => server.ProcessAsync(Requests.Run("test/faulty", Image))));
        Assert.All(outcomes, AssertDoubled);
        Assert.Contains(outcomes, outcome => outcome.Summary.Device == "cpu" && outcome.Summary.Warnings.Count > 0);
        if (message == FaultInjector.DeviceLost)
        {
            Assert.Equal(place == FaultPlace.Start ? 2 : 7, injector.Passages);
        }

        await server.ServesAsync();
        Assert.Empty(server.Errors);
    }

    private static void AssertDoubled(Outcome outcome) => Assert.Equal(Image.ToSingles().Select(value => 2 * value), outcome.Result().ToSingles());

    private static Task<TestServer> StartAsync(FaultInjector injector) => TestServer.StartAsync(
        new InferenceServerOptions { Urls = "http://127.0.0.1:0", Device = "cpu" },
        [.. BuiltInOperations.All, injector.Operation()],
        services => services.AddSingleton(injector.Scheduler()));
}
