namespace InferenceBridge.Imaging.Tests;

public class TilePlanTests
{
    public static TheoryData<int, int, int, int, int, int, long, int> Plans
    {
        get
        {
            var data = new TheoryData<int, int, int, int, int, int, long, int>();
            foreach (var (z, y, x) in new[] { (1, 1, 1), (7, 13, 11), (32, 16, 16), (1, 1, 97), (50, 1, 1), (3, 64, 5) })
            {
                foreach (var (hz, hy, hx) in new[] { (0, 0, 0), (1, 2, 3), (0, 5, 0), (4, 4, 4), (100, 1, 1) })
                {
                    foreach (var maximum in new long[] { 1_000_000, 2000, 300 })
                    {
                        data.Add(z, y, x, hz, hy, hx, maximum, maximum == 2000 ? 3 : int.MaxValue);
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public void Create_AnyPlan_CoversTheStackOnceWithinTheLimit(int z, int y, int x, int hz, int hy, int hx, long maximum, int slab)
    {
        var shape = new VolumeShape(2, 1, z, y, x);
        var halo = new Halo(hz, hy, hx);
        var floor = Math.Min(z, 1 + (2L * hz)) * Math.Min(y, 1 + (2L * hy)) * Math.Min(x, 1 + (2L * hx));
        if (floor > maximum)
        {
            var fault = Assert.Throws<InferenceException>(() => TilePlan.Create(shape, halo, maximum, slab));
            Assert.Equal(InferenceError.DeviceOutOfMemory, fault.Error);
            return;
        }

        var plan = TilePlan.Create(shape, halo, maximum, slab);

        var covered = new int[z, y, x];
        var (tiles, largest, nextSlice) = (0, 0L, 0);
        for (var i = 0; i < plan.SlabCount; i++)
        {
            Assert.Equal(nextSlice, plan.Slab(i).Z);
            Assert.InRange(plan.Slab(i).Depth, 1, slab);
            nextSlice = plan.Slab(i).EndZ;
            foreach (var tile in plan.Tiles(i))
            {
                tiles++;
                largest = Math.Max(largest, tile.Input.ElementCount);
                Mark(covered, tile.Core);
                AssertInput(tile, halo, shape);
            }
        }

        Assert.Equal(z, nextSlice);
        Assert.All(covered.Cast<int>(), count => Assert.Equal(1, count));
        Assert.Equal(2L * tiles, plan.TileCount);
        Assert.True(largest <= maximum);
        Assert.True(largest <= plan.LargestInputElementCount && plan.LargestInputElementCount <= maximum);
    }

    [Fact]
    public void Create_EverythingFits_IsOneTile()
    {
        var plan = TilePlan.Create(new VolumeShape(32, 256, 256), new Halo(8, 8, 8), 32 * 256 * 256);

        Assert.Equal(1, plan.TileCount);
    }

    [Fact]
    public void Create_SmallHalo_CutsSlabsOfWholePlanes()
    {
        var plan = TilePlan.Create(new VolumeShape(32, 256, 256), new Halo(1, 1, 1), 10 * 256 * 256);

        Assert.Equal((8, 256, 256), (plan.CoreDepth, plan.CoreHeight, plan.CoreWidth));
    }

    [Fact]
    public void Create_HaloHidesCutsAlongDepth_CutsRowsInstead()
    {
        // Halving 32 slices with a halo of 15 leaves every tile as deep; only the work would grow.
        var plan = TilePlan.Create(new VolumeShape(32, 256, 256), new Halo(15, 15, 15), 32 * 256 * 256 / 2);

        Assert.Equal(32, plan.CoreDepth);
    }

    [Fact]
    public void Tiles_SizesNearTheLargest_DoNotOverflow()
    {
        var shape = new VolumeShape(1, 1, int.MaxValue);
        var plan = TilePlan.Create(shape, new Halo(0, 0, 7), 1 << 30);

        var tiles = plan.Tiles(0).ToList();

        Assert.Equal(plan.TileCount, tiles.Count);
        Assert.Equal(int.MaxValue, tiles[^1].Core.EndX);
        Assert.Equal(int.MaxValue, tiles.Sum(tile => (long)tile.Core.Width));
    }

    [Fact]
    public void Create_BadArguments_Throw()
    {
        var shape = new VolumeShape(4, 4, 4);

        Assert.Throws<ArgumentOutOfRangeException>(() => TilePlan.Create(shape, new Halo(0, -1, 0), 100));
        Assert.Throws<ArgumentOutOfRangeException>(() => TilePlan.Create(shape, Halo.None, 100, 0));
        Assert.Throws<InferenceException>(() => TilePlan.Create(new VolumeShape(0, 4, 4), Halo.None, 100));
        Assert.Throws<ArgumentOutOfRangeException>(() => TilePlan.Create(shape, Halo.None, 100).Slab(1));
    }

    private static void Mark(int[,,] covered, Box box)
    {
        for (var z = box.Z; z < box.EndZ; z++)
        {
            for (var y = box.Y; y < box.EndY; y++)
            {
                for (var x = box.X; x < box.EndX; x++)
                {
                    covered[z, y, x]++;
                }
            }
        }
    }

    private static void AssertInput(Tile tile, Halo halo, VolumeShape shape)
    {
        AssertAxis(tile.Core.Z, tile.Core.EndZ, tile.Input.Z, tile.Input.EndZ, halo.Z, shape.Depth);
        AssertAxis(tile.Core.Y, tile.Core.EndY, tile.Input.Y, tile.Input.EndY, halo.Y, shape.Height);
        AssertAxis(tile.Core.X, tile.Core.EndX, tile.Input.X, tile.Input.EndX, halo.X, shape.Width);
    }

    private static void AssertAxis(int first, int end, int inputFirst, int inputEnd, int halo, int size)
    {
        Assert.Equal(Math.Max(0, first - halo), inputFirst);
        Assert.Equal(Math.Min(size, end + halo), inputEnd);
    }
}
