namespace InferenceBridge.Models.Tests;

public class TileContrastTests
{
    [Fact]
    public void Deviate_SomeTiles_IsThatOfThePairedTest()
    {
        float[] sharper = [3, 5, 2, 8, 6, 4, 7, 9, 5, 6];
        float[] other = [2, 4, 2.5f, 5, 6, 3, 4, 7, 4, 6.5f];

        // scipy: norm.isf(ttest_rel(sharper, other).pvalue / 2)
        Assert.Equal(2.2822, TileContrast.Deviate(sharper, other), 0.02);
        Assert.Equal(-TileContrast.Deviate(sharper, other), TileContrast.Deviate(other, sharper), 12);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(104)]
    public void Deviate_NothingButNoise_IsNormal(int tiles)
    {
        var noise = new Noise(5);
        float[] Frame() => [.. Enumerable.Range(0, tiles).Select(i => (float)((1 + (i % 3)) * noise.Normal()))];
        double[] deviates = [.. Enumerable.Range(0, 4000).Select(_ => TileContrast.Deviate(Frame(), Frame()))];

        Assert.InRange(deviates.Count(deviate => Math.Abs(deviate) > 1.96) / 4000.0, 0.035, 0.065);
        Assert.InRange(deviates.Max(Math.Abs), 2.8, 4.6);
    }

    [Fact]
    public void Deviate_TooFewOrEqualTiles_IsNotKnown()
    {
        Assert.Equal(double.NaN, TileContrast.Deviate([1, 2, 3], [0, 1, 5]));
        Assert.Equal(double.NaN, TileContrast.Deviate(new float[20], new float[20]));
        Assert.Equal(double.NaN, TileContrast.Deviate([.. Enumerable.Repeat(1f, 9)], [.. Enumerable.Repeat(1f, 10)]));
        Assert.Equal(double.NaN, TileContrast.Deviate([], []));
    }

    [Fact]
    public void Pooled_ManyTiles_KeepsTheirSum()
    {
        float[] tiles = [.. Enumerable.Range(0, 601)];

        var pooled = TileContrast.Pooled(tiles);

        Assert.Equal((256, tiles.Sum()), (pooled.Length, pooled.Sum()));
        Assert.Equal(tiles[..7], TileContrast.Pooled(tiles[..7]));
    }
}
