using InferenceBridge.Imaging;
using InferenceBridge.Server.Jobs;

namespace InferenceBridge.Server.Tests.Jobs;

public class TileSplitterTests
{
    [Fact]
    public void Split_Tile_HalvesCoverItsCore()
    {
        var plan = TilePlan.Create(new VolumeShape(5, 8, 31), new Halo(1, 1, 1), long.MaxValue);
        var tile = plan.Tiles(0).Single();
        var (first, second) = TileSplitter.Split(tile, plan)!.Value;
        Assert.Equal(new Box(0, 0, 0, 5, 8, 16), first.Core);
        Assert.Equal(new Box(0, 0, 16, 5, 8, 15), second.Core);
        Assert.Equal(new Box(0, 0, 15, 5, 8, 16), second.Input);
    }

    [Fact]
    public void Split_HaloCoversAll_IsNotWorthwhile()
    {
        var plan = TilePlan.Create(new VolumeShape(4, 4, 4), new Halo(9, 9, 9), long.MaxValue);
        Assert.Null(TileSplitter.Split(plan.Tiles(0).Single(), plan));
    }

    [Fact]
    public void Split_OneVoxel_IsNull()
    {
        var plan = TilePlan.Create(new VolumeShape(1, 1, 1), Halo.None, long.MaxValue);
        Assert.Null(TileSplitter.Split(plan.Tiles(0).Single(), plan));
    }
}
