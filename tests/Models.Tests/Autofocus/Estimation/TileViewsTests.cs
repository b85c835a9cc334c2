using InferenceBridge.Imaging;
using InferenceBridge.Models.Networks;

namespace InferenceBridge.Models.Tests;

public sealed class TileViewsTests
{
    private static readonly FocusOptics Air = new() { NumericalAperture = 0.8, WavelengthNm = 525, ImmersionIndex = 1, PixelMicrometres = 0.325, SphericalWaves = 0.2 };

    [Theory]
    [InlineData(512, 512, 5)]
    [InlineData(511, 800, 1)]
    [InlineData(512, 801, 5)]
    [InlineData(1023, 1021, 5)]
    [InlineData(128, 128, 1)]
    public void Of_LargeTiles_AreSeenInQuartersToo(int height, int width, int count)
    {
        Assert.Equal(count, TileViews.Count(isSpectral: true, height, width));
        Assert.Equal(1, TileViews.Count(isSpectral: false, height, width));
        var tile = Points(height, width, width);
        var views = new TileViews(Air, height, width).Of(tile);
        Assert.Equal(count, views.Length);
        Assert.All(views, view => Assert.True(view.Structure > 0));
        Assert.Equal(new DefocusInput(Air, height, width).Of(tile).Input, views[0].Input);
    }

    [Fact]
    public void Of_HalfEmptyTile_LeavesTheEmptyQuartersOut() => Assert.Equal(3, new TileViews(Air, 512, 512).Of(Points(512, 512, 240)).Length);

    [Fact]
    public void Of_EvenTile_HasNoView() => Assert.Empty(new TileViews(Air, 512, 512).Of([.. Enumerable.Repeat(100f, 512 * 512)]));

    [Fact]
    public void Of_Quarters_AreThoseOfTheTile()
    {
        var tile = Points(512, 600, 600);
        var corner = FrameTiles.Quarters(512, 600).Cut(tile, 3);
        Assert.Equal(tile[^1], corner[^1]);
        Assert.Equal(tile[(256 * 600) + 300], corner[0]);
        Assert.Equal(new DefocusInput(Air, 256, 300).Of(corner).Input, new TileViews(Air, 512, 600).Of(tile)[4].Input);
    }

    [Fact]
    public void Together_OneView_IsThat()
    {
        var own = Logarithms(1);
        Assert.Same(own, TileViews.Together([own], [3]));
    }

    [Fact]
    public void Together_Quarters_CountByTheirStructure()
    {
        var (whole, first, second) = (Logarithms(1), Logarithms(2), Logarithms(3));
        var together = TileViews.Together([whole, first, second], [7, 1, 3]);
        for (var k = 0; k < DefocusClasses.Count; k++)
        {
            Assert.Equal((0.8 * whole[k]) + (0.5 * ((0.25 * first[k]) + (0.75 * second[k]))), together[k], 1e-9);
        }
    }

    // Points among noise, in the columns left of a border; right of it nothing but noise.
    private static float[] Points(int height, int width, int border)
    {
        var random = new SeededRandom(5, 0);
        var plane = new float[height * width];
        for (var i = 0; i < plane.Length; i++)
        {
            plane[i] = (float)(100 + (3 * random.NextGaussian()));
        }

        for (var point = 0; point < height * border / 500; point++)
        {
            var (row, column) = (random.NextIndex(height - 1), random.NextIndex(border - 1));
            foreach (var offset in (int[])[0, 1, width, width + 1])
            {
                plane[(row * width) + column + offset] += 400;
            }
        }

        return plane;
    }

    private static double[] Logarithms(ulong seed)
    {
        var random = new SeededRandom(seed, 0);
        return [.. Enumerable.Range(0, DefocusClasses.Count).Select(_ => -5 * random.NextUniform())];
    }
}
