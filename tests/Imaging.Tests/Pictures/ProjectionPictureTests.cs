namespace InferenceBridge.Imaging.Tests;

public class ProjectionPictureTests
{
    private static readonly PictureOptions Plain = new() { MinimumSide = 0, LowPercent = 0, HighPercent = 100 };

    [Fact]
    public void Create_OneBrightVoxel_ShowsWhereItIsInEveryView()
    {
        // 3 × 4 × 5 (z, y, x) with slices twice as far apart as columns; the voxel at z 2, y 1, x 3.
        var volume = Point(new VolumeShape(3, 4, 5), 2, 1, 3, new Calibration { VoxelDepth = 2 });

        var picture = Create(volume, Plain);

        Assert.Equal((5 + 4 + 6, 4 + 4 + 6, 1), (picture.Width, picture.Height, picture.Channels));
        Assert.Equal(255, picture.Row(1)[3]);
        Assert.Equal(0, picture.Row(1)[2]);
        Assert.Equal(255, picture.Row(1)[5 + 4 + 5]); // along x: its row, last of six columns
        Assert.Equal(0, picture.Row(1)[5 + 4 + 2]);
        Assert.Equal(255, picture.Row(4 + 4 + 5)[3]); // along y: its column, last of six rows
        Assert.Equal(0, picture.Row(4 + 4 + 5)[4]);
    }

    [Fact]
    public void Create_UnequalPixels_AreDrawnToScale()
    {
        var volume = Point(new VolumeShape(1, 10, 10), 0, 0, 0, new Calibration { VoxelWidth = 0.1, VoxelHeight = 0.3, Unit = "µm" });

        var picture = Create(volume, Plain);

        Assert.Equal((10, 30), (picture.Width, picture.Height));
    }

    [Fact]
    public void Create_SmallImage_IsEnlargedByAWholeFactor()
    {
        var picture = Create(Point(new VolumeShape(1, 20, 30), 0, 5, 7, Calibration.None), Plain with { MinimumSide = 256 });

        Assert.Equal((270, 180), (picture.Width, picture.Height));
        Assert.Equal((255, 255, 0), (picture.Row(45)[63], picture.Row(53)[71], picture.Row(53)[72]));
    }

    [Theory]
    [InlineData(8, 300, 200)]
    [InlineData(200, 30, 20)]
    [InlineData(1, 1, 5000)]
    [InlineData(1, 5000, 1)]
    public void Create_LargeImage_FitsTheMaximumSide(int depth, int height, int width)
    {
        var picture = Create(Point(new VolumeShape(depth, height, width), 0, 0, 0, Calibration.None), Plain with { MaximumSide = 100 });

        Assert.True(Math.Max(picture.Width, picture.Height) is > 80 and <= 102);
    }

    [Theory]
    [InlineData(1, 20_000, 20_000)]
    [InlineData(300_000, 1, 1_000)]
    [InlineData(300_000, 1_000, 1)]
    public void Create_PlaneOrProjectionTooLarge_IsRefusedBeforeMemoryIsTaken(int depth, int height, int width)
    {
        var refusal = Assert.Throws<InferenceException>(() => Create(new ClaimedVolume(new VolumeShape(depth, height, width)), Plain));
        Assert.Equal(InferenceError.VolumeTooLarge, refusal.Error);
        Assert.Contains("268435456", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_TwoChannels_AreGreenAndMagenta()
    {
        var volume = new MemoryVolume(new VolumeInfo(new VolumeShape(1, 2, 1, 1, 3), PixelType.UInt8));
        volume.WriteRows(0, 0, 1, [0, 10, 10]);
        volume.WriteRows(1, 0, 1, [9, 0, 9]);

        var picture = Create(volume, Plain);

        Assert.Equal([255, 0, 255, 0, 255, 0, 255, 255, 255], picture.Pixels);
    }

    [Fact]
    public void Create_NotFinite_IsBlackOrWhite()
    {
        var volume = MemoryVolume.FromSingles([float.NaN, 1, 2, float.PositiveInfinity, float.NegativeInfinity], new VolumeShape(1, 1, 5));

        Assert.Equal([0, 0, 255, 255, 0], Create(volume, Plain).Pixels);
    }

    [Fact]
    public void Create_EvenImage_IsBlack() =>
        Assert.All(Create(MemoryVolume.FromSingles([5, 5, 5, 5], new VolumeShape(1, 2, 2)), Plain).Pixels, value => Assert.Equal(0, value));

    [Fact]
    public void Create_SecondFrame_ShowsIt()
    {
        var volume = new MemoryVolume(new VolumeInfo(new VolumeShape(2, 1, 1, 1, 2), PixelType.UInt8));
        volume.WriteRows(0, 0, 1, [1, 0]);
        volume.WriteRows(1, 0, 1, [0, 1]);

        Assert.Equal([255, 0], Create(volume, Plain).Pixels);
        Assert.Equal([0, 255], Create(volume, Plain with { Frame = 1 }).Pixels);
        Assert.Equal("frame", Assert.Throws<InferenceException>(() => Create(volume, Plain with { Frame = 2 })).Field);
    }

    [Fact]
    public void Create_Percentiles_StretchContrast()
    {
        // 0 to 1000: 10% black, 90% white, the middle halfway.
        var values = Enumerable.Range(0, 1001).Select(value => (float)value).ToArray();
        var picture = Create(MemoryVolume.FromSingles(values, new VolumeShape(1, 1, 1001)), Plain with { LowPercent = 10, HighPercent = 90 });

        Assert.Equal((0, 128, 255, 0, 255),
            (picture.Pixels[100], picture.Pixels[500], picture.Pixels[900], picture.Pixels[50], picture.Pixels[950]));
    }

    private static Picture Create(IVolumeReader volume, PictureOptions options) =>
        ProjectionPicture.Create(volume, options, TestContext.Current.CancellationToken);

    private static MemoryVolume Point(VolumeShape shape, int z, int y, int x, Calibration calibration)
    {
        var volume = new MemoryVolume(new VolumeInfo(shape, PixelType.UInt8) { Calibration = calibration });
        volume.Plane(z).Span[(y * shape.Width) + x] = 200;
        return volume;
    }
}
