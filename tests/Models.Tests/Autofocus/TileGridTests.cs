namespace InferenceBridge.Models.Tests;

public class TileGridTests
{
    [Fact]
    public void Tiles_AnySize_CoverEveryPixelOnceAndHoldIt()
    {
        for (var size = 1; size <= 300; size++)
        {
            foreach (var tile in new[] { 32, 33, 64, 100 })
            {
                var grid = new TileGrid(size, 1, tile);
                Assert.Equal(0, grid.Top(0));
                Assert.Equal(size, grid.Top(grid.Rows));
                for (var y = 0; y < size; y++)
                {
                    var row = grid.RowOf(y);
                    Assert.True(grid.Top(row) <= y && y < grid.Top(row + 1), $"Row {y} of {size} with tiles of {tile} is in {row}.");
                }
            }
        }
    }

    [Theory]
    [InlineData(512, 800, 64, 8, 13)]
    [InlineData(31, 47, 64, 1, 1)]
    [InlineData(48, 47, 32, 2, 1)]
    public void Counts_Size_NearestWholeNumber(int height, int width, int tile, int rows, int columns)
    {
        var grid = new TileGrid(height, width, tile);
        Assert.Equal((rows, columns), (grid.Rows, grid.Columns));
    }

    [Fact]
    public void Measure_AnySizeOfTiles_EveryTileHasABlock()
    {
        // A tile without a block would divide by 0.
        for (var size = 32; size <= 260; size += 3)
        {
            foreach (var tile in new[] { 32, 40, 64 })
            {
                var grid = new TileGrid(size, 33, tile);
                var metrics = new PlaneMetrics(grid, new SpectralBands(null), 0, normalises: true);
                metrics.Measure([.. Enumerable.Range(0, size * 33).Select(i => (float)(i * 7919 % 1009))]);
                Assert.All(metrics.Tiles, value => Assert.True(double.IsFinite(value)));
            }
        }
    }
}
