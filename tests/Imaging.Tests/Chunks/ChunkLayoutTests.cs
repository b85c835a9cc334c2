namespace InferenceBridge.Imaging.Tests;

public class ChunkLayoutTests
{
    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(7, 5, 3, 1)] // one row at a time, larger than allowed
    [InlineData(7, 5, 3, 6)]
    [InlineData(7, 5, 3, 29)]
    [InlineData(7, 5, 3, 30)]
    [InlineData(7, 5, 3, 61)]
    [InlineData(7, 5, 3, 1000)]
    [InlineData(2, 1000, 1000, 1 << 20)] // planes larger than a chunk
    public void Split_AnyLimit_IsAcceptedAsASequence(int depth, int height, int width, int maximumBytes)
    {
        var info = new VolumeInfo(new VolumeShape(depth, height, width), PixelType.UInt16);
        var sequence = new ChunkSequence(info, "image");
        foreach (var range in ChunkLayout.Split(info, 0, depth, maximumBytes))
        {
            var bytes = range.PlaneCount * range.RowCount * width * 2;
            Assert.True(bytes <= maximumBytes || (range.PlaneCount == 1 && range.RowCount == 1));
            var data = new byte[bytes];
            sequence.Accept(range.FirstPlane, range.PlaneCount, range.FirstRow, range.RowCount, data, Crc32C.Compute(data));
        }

        sequence.CheckComplete();
    }

    [Fact]
    public void Split_SomePlanes_StartsAndEndsThere()
    {
        var info = new VolumeInfo(new VolumeShape(100, 10, 10), PixelType.UInt8);

        var ranges = ChunkLayout.Split(info, 40, 7, 300).ToList();

        Assert.Equal([new(40, 3, 0, 10), new(43, 3, 0, 10), new(46, 1, 0, 10)], ranges);
    }
}
