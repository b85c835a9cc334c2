using InferenceBridge.Imaging;
using InferenceBridge.Server.Tests.Support;

namespace InferenceBridge.Server.Tests.Services;

public sealed class TiledAgainstWholeTests
{
    [Theory]
    [InlineData("denoise/gaussian", 1)]
    [InlineData("denoise/median", 65)]
    public async Task Process_SmallMemoryBudget_GivesTheSameResult(string operation, long mebibytes)
    {
        var image = Requests.Ramp(new VolumeShape(2, 1, 23, 90, 101), PixelType.Float32);
        await using var small = await StartAsync(mebibytes << 20);
        await using var large = await StartAsync(1L << 32);
        var tiled = await small.ProcessAsync(Requests.Run(operation, image));
        var whole = await large.ProcessAsync(Requests.Run(operation, image));
        Assert.Equal(2, whole.Accepted.TilePlan.Tiles);
        Assert.True(tiled.Accepted.TilePlan.Tiles >= 4, $"{tiled.Accepted.TilePlan}");
        var (expected, got) = (whole.Result().ToSingles(), tiled.Result().ToSingles());
        Assert.InRange(expected.Zip(got, (a, b) => Math.Abs(a - b)).Max(), 0, 1e-3);
        Assert.Equal(whole.Summary.ResultStatistics.Mean, tiled.Summary.ResultStatistics.Mean, 4);
    }

    private static Task<TestServer> StartAsync(long budget) => TestServer.StartAsync(
        new InferenceServerOptions { Urls = "http://127.0.0.1:0", Device = "cpu", MemoryBudgetBytes = budget });
}
