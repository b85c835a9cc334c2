using InferenceBridge.Models.Training;

namespace InferenceBridge.Models.Tests;

public sealed class DataSplitTests
{
    [Theory]
    [InlineData(7, 6)]
    [InlineData(8, 9)]
    [InlineData(9, 9)]
    [InlineData(1, 1)]
    public void Whole_FieldsOfThreeFiles_CutsNoneInTwo(int wanted, int expected)
    {
        var files = Enumerable.Range(0, 30).Select(i => $"/data/{i / 3:000}_{i % 3}.tif").ToArray();
        Assert.Equal(expected, FileSplit.Whole(files, wanted));
    }

    [Theory]
    [InlineData("image_", 4)]
    [InlineData("", 4)]
    public void Whole_OneFieldOrNone_TakesWhatIsWanted(string prefix, int wanted) =>
        Assert.Equal(wanted, FileSplit.Whole([.. Enumerable.Range(0, 20).Select(i => $"{prefix}{i:000}.tif")], wanted));

    [Fact]
    public void Of_OneStack_KeepsItsLastPlanes()
    {
        var (training, validation, how) = DataSplit.Of([Field(10, 40)], 0.2, 16, 1);
        Assert.Equal([0f, 1, 2, 3, 4, 5, 6, 7], training[0].Images.Series[0].Select(plane => plane[0]));
        Assert.Equal([8f, 9], validation[0].Images.Series[0].Select(plane => plane[0]));
        Assert.Equal("the last 2 of 10 planes", how);
    }

    [Fact]
    public void Of_OnePlane_KeepsItsLastRows()
    {
        var (training, validation, how) = DataSplit.Of([Field(1, 40)], 0.2, 16, 1);
        Assert.Equal((24, 16), (training[0].Images.Height, validation[0].Images.Height));
        Assert.Equal(24 * 20, training[0].Images.Series[0][0].Length);
        Assert.Equal("the last 16 of 40 rows", how);
    }

    [Fact]
    public void Of_ImageTooSmallToBeDivided_SaysSo() => Assert.StartsWith("none", DataSplit.Of([Field(1, 30)], 0.2, 16, 1).How, StringComparison.Ordinal);

    private static DenoisingField Field(int planes, int height) => new(
        new ChannelImages("one.tif", 0, height, 20, [[.. Enumerable.Range(0, planes).Select(z => Enumerable.Repeat((float)z, height * 20).ToArray())]]),
        new StabilisedDomain(null, 1, 0), null, null);
}
