namespace InferenceBridge.Models.Tests;

public class MedianOperationTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Process_SameImageAsScipy_GivesItsValues(int number)
    {
        var peer = PeerValues.Case("median", number);
        var run = new OperationRun("denoise/median", ("radius_xy", peer.GetProperty("radius_xy").GetInt64()),
            ("radius_z", peer.GetProperty("radius_z").GetInt64()));

        Near.Equal(peer.Doubles("values"), run.Whole(peer.Image()), 0);
    }

    [Theory]
    [InlineData(1, 1, 1, 2, 1)]
    [InlineData(1, 1, 13, 1, 0)]
    [InlineData(2, 17, 1, 3, 2)]
    [InlineData(7, 5, 11, 1, 1)]
    [InlineData(5, 6, 7, 0, 2)]
    public void Process_AnyShape_EqualsReference(int depth, int height, int width, int radiusXy, int radiusZ)
    {
        var image = Sample.Image(depth, height, width);

        var result = new OperationRun("denoise/median", ("radius_xy", (long)radiusXy), ("radius_z", (long)radiusZ)).Whole(image);

        Near.Equal(FilterReference.Median(image, radiusXy, radiusZ), result, 0);
    }

    [Fact]
    public void Process_PiecesOfAPlane_EqualsReference()
    {
        // 21 × 21 × 3 voxels a window leave room for a few rows at a time.
        var image = Sample.Image(1, 29, 83);

        var result = new OperationRun("denoise/median", ("radius_xy", 10L), ("radius_z", 1L)).Whole(image);

        Near.Equal(FilterReference.Median(image, 10, 1), result, 0);
    }

    [Fact]
    public void Process_SaturatedPixels_AreRemoved()
    {
        var image = Sample.Fill(1, 12, 12, (_, y, x) => y % 4 == 1 && x % 4 == 1 ? 65535 : 100);

        Assert.All(new OperationRun("denoise/median").Whole(image), value => Assert.Equal(100, value));
    }

    [Fact]
    public void Process_TileByTile_EqualsWhole()
    {
        var image = Sample.Image(6, 30, 31);
        var run = new OperationRun("denoise/median", ("radius_xy", 2L), ("radius_z", 1L));

        Assert.Equal(run.Whole(image), run.Tiled(image, 1500));
    }

    [Fact]
    public void Process_RadiiZero_ReturnsTheImage()
    {
        var image = Sample.Image(2, 5, 7);

        Assert.Equal(Sample.ToSingles(image), new OperationRun("denoise/median", ("radius_xy", 0L)).Whole(image));
    }
}
