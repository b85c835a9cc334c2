using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Server.Tests.Support;

namespace InferenceBridge.Server.Tests.Services;

public sealed class TiledAgainstWholeTests
{
    [Theory]
    [InlineData("denoise/gaussian", 1)]
    [InlineData("denoise/median", 1)]
    public async Task Process_SmallMemoryBudget_GivesTheSameResult(string operation, long mebibytesForTiles)
    {
        var image = Requests.Ramp(new VolumeShape(2, 1, 23, 90, 101), PixelType.Float32);
        await using var small = await StartAsync(FixedBytes(operation) + (mebibytesForTiles << 20));
        await using var large = await StartAsync(1L << 32);
        var tiled = await small.ProcessAsync(Requests.Run(operation, image));
        var whole = await large.ProcessAsync(Requests.Run(operation, image));
        Assert.Equal(2, whole.Accepted.TilePlan.Tiles);
        Assert.True(tiled.Accepted.TilePlan.Tiles >= 4, $"{tiled.Accepted.TilePlan}");
        var (expected, got) = (whole.Result().ToSingles(), tiled.Result().ToSingles());
        Assert.InRange(expected.Zip(got, (a, b) => Math.Abs(a - b)).Max(), 0, 1e-3);
        Assert.Equal(whole.Summary.ResultStatistics.Mean, tiled.Summary.ResultStatistics.Mean, 4);
    }

    // What the operation takes whatever the tile; for the median this depends on the number of cores.
    private static long FixedBytes(string id)
    {
        var operation = (ITensorOperation)BuiltInOperations.All.Single(operation => operation.Declaration.Id == id);
        var parameters = ParameterSet.Create(operation.Declaration.Parameters, new Dictionary<string, object>());
        return operation.Plan(new TensorJobRequest(parameters, new VolumeInfo(new VolumeShape(1, 1, 1), PixelType.Float32), new Dictionary<string, VolumeInfo>())).DeviceBytesFixed;
    }

    private static Task<TestServer> StartAsync(long budget) => TestServer.StartAsync(
        new InferenceServerOptions { Urls = "http://127.0.0.1:0", Device = "cpu", MemoryBudgetBytes = budget });
}
