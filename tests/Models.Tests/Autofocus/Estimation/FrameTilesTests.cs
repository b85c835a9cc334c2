namespace InferenceBridge.Models.Tests;

public sealed class FrameTilesTests
{
    [Theory]
    [InlineData(512, 800, 512, 1, 1)]
    [InlineData(2048, 2047, 512, 4, 3)]
    [InlineData(131, 257, 128, 1, 2)]
    public void Cut_AllTiles_CoverTheFrame(int height, int width, int side, int rows, int columns)
    {
        var tiles = new FrameTiles(height, width, side);
        Assert.Equal((rows, columns), (tiles.Rows, tiles.Columns));
        float[] frame = [.. Enumerable.Range(0, height * width).Select(i => (float)i)];
        var seen = new HashSet<float>();
        for (var i = 0; i < tiles.Count; i++)
        {
            var tile = tiles.Cut(frame, i);
            Assert.Equal(tiles.Height * tiles.Width, tile.Length);
            Assert.Equal(tile[0] + tiles.Width - 1, tile[tiles.Width - 1]);
            seen.UnionWith(tile);
        }

        Assert.Equal(height * width, seen.Count);
    }
}
