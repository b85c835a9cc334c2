namespace InferenceBridge.Imaging.Tests;

public class MemoryVolumeTests
{
    private static readonly VolumeShape Shape = new(2, 3, 4);

    [Fact]
    public void FromSingles_ToSingles_RoundTrips()
    {
        var values = Enumerable.Range(0, 24).Select(value => value + 0.5f).ToArray();

        var volume = MemoryVolume.From(MemoryVolume.FromSingles(values, Shape));

        Assert.Equal(values, volume.ToSingles());
        var plane = new float[12];
        volume.ReadPlane(1, plane);
        Assert.Equal(values[12..], plane);
    }

    [Fact]
    public void ReadRows_MiddleRow_IsThatRow()
    {
        var volume = new MemoryVolume(new VolumeInfo(Shape, PixelType.UInt8));
        volume.WriteRows(1, 1, 2, [1, 2, 3, 4, 5, 6, 7, 8]);
        var row = new byte[4];

        volume.ReadRows(1, 2, 1, row);

        Assert.Equal([5, 6, 7, 8], row);
    }

    [Fact]
    public void ReadRows_WrongLength_Throws()
    {
        var volume = new MemoryVolume(new VolumeInfo(Shape, PixelType.UInt8));

        Assert.Throws<ArgumentException>(() => volume.ReadRows(0, 0, 1, new byte[5]));
        Assert.Throws<ArgumentException>(() => volume.WriteRows(0, 0, 2, new byte[7]));
        Assert.ThrowsAny<ArgumentException>(() => volume.ReadRows(0, 2, 2, new byte[8]));
        Assert.Throws<ArgumentException>(() => volume.ReadPlane(0, new float[11]));
        Assert.Throws<ArgumentException>(() => MemoryVolume.FromSingles(new float[23], Shape));
    }

    [Theory]
    [InlineData(1, 1 << 16, 1 << 16)]
    [InlineData(int.MaxValue, 1, 1)]
    public void New_TooLargeForMemory_IsRefused(int depth, int height, int width)
    {
        var fault = Assert.Throws<InferenceException>(() =>
            new MemoryVolume(new VolumeInfo(new VolumeShape(2, 1, depth, height, width), PixelType.UInt8)));

        Assert.Equal(InferenceError.VolumeTooLarge, fault.Error);
    }

    [Theory]
    [InlineData(PixelType.UInt8)]
    [InlineData(PixelType.Float64)]
    public void ReadPlane_LargerThanBuffer_IsWhole(PixelType type)
    {
        // Rows of 700 pixels do not divide the buffer of the row decoder.
        var (volume, _) = ReferenceData.Pair(new VolumeShape(1, 601, 700), type);
        var singles = new float[601 * 700];
        var doubles = new double[singles.Length];

        volume.ReadPlane(0, singles);
        volume.ReadPlane(0, doubles);

        Assert.Equal(volume.ToSingles(), singles);
        Assert.Equal(Array.ConvertAll(singles, value => (double)value), doubles);
    }
}
