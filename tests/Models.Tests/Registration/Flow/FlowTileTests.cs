namespace InferenceBridge.Models.Tests;

public sealed class FlowTileTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1024)]
    public void Along_ShortAxis_IsOne(int size) => Assert.Equal([new FlowTile(0, size)], FlowTile.Along(size));

    [Theory]
    [InlineData(1025)]
    [InlineData(1857)]
    [InlineData(2048)]
    [InlineData(5003)]
    public void Along_LongAxis_CoversItWithOverlapsOnTheGrid(int size)
    {
        var tiles = FlowTile.Along(size);
        Assert.Equal((0, size), (tiles[0].Start, tiles[^1].Start + tiles[^1].Length));
        Assert.All(tiles, tile => Assert.True(tile.Start % 8 == 0 && tile.Length < FlowTile.Longest + 8, $"{tile}"));
        Assert.All(tiles.Zip(tiles.Skip(1)), pair => Assert.True(pair.First.Start + pair.First.Length - pair.Second.Start >= FlowTile.Overlap, $"{pair}"));
    }

    [Fact]
    public void Weights_Neighbours_FallTowardsSharedEndsAlone()
    {
        const int size = 2048;
        var tiles = FlowTile.Along(size);
        Assert.Equal(1, tiles[0].Weights(size)[0]);
        Assert.Equal(1, tiles[^1].Weights(size)[^1]);
        Assert.Equal(1f / FlowTile.Overlap, tiles[0].Weights(size)[^1]);
        Assert.Equal(1f / FlowTile.Overlap, tiles[1].Weights(size)[0]);
        Assert.Equal(1, tiles[1].Weights(size)[tiles[1].Length / 2]);
    }
}
