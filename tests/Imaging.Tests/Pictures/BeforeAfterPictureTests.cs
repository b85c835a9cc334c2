namespace InferenceBridge.Imaging.Tests;

public class BeforeAfterPictureTests
{
    private static readonly Calibration Micrometres = new() { VoxelWidth = 0.1, VoxelHeight = 0.1, VoxelDepth = 0.3, Unit = "µm" };

    [Fact]
    public void Create_TwoPanels_StandSideBySideUnderCaptions()
    {
        var (left, right) = (Stack(new VolumeShape(4, 256, 256), 1), Stack(new VolumeShape(4, 256, 300), 2));

        var picture = Create([new(left, "Before"), new(right, "After")]);

        Assert.Equal((8 + 256 + 8 + 300 + 8, 8 + 24 + 256 + 4 + 12 + 8, 1), (picture.Width, picture.Height, picture.Channels));
        Assert.True(Lit(picture, 0, 8, 272, 24) > 50, "The first caption is there.");
        Assert.True(Lit(picture, 272, 8, 300, 24) > 40, "The second caption is there.");
        Assert.Equal(0, Lit(picture, 264, 0, 8, picture.Height));
    }

    [Fact]
    public void Create_Calibrated_BearsAScaleBarOfTheRightLength()
    {
        // 256 columns of 0.1 µm: a quarter is 6.4 µm, the bar 5 µm, 50 columns.
        var even = new MemoryVolume(new VolumeInfo(new VolumeShape(1, 256, 256), PixelType.UInt8) { Calibration = Micrometres });

        var picture = Create([new(even, "")]);

        var bar = picture.Row(8 + 24 + 256 - 10 - 1);
        Assert.Equal(50, Lit(bar));
        Assert.Equal(255, bar[8 + 256 - 10 - 1]);
    }

    [Fact]
    public void Create_NotCalibrated_HasNoBar()
    {
        var even = new MemoryVolume(new VolumeInfo(new VolumeShape(1, 256, 256), PixelType.UInt8));

        Assert.Equal(0, Lit(Create([new(even, "")]).Pixels));
    }

    [Fact]
    public void Create_TinyVolumeAndLongCaption_Works()
    {
        var picture = Create([new(Stack(new VolumeShape(1, 1, 1), 3), new string('W', 500))]);

        Assert.True(picture.Width < 100);
    }

    [Fact]
    public void Create_NoPanels_Throws() => Assert.Throws<ArgumentException>(() => Create([]));

    [Theory]
    [InlineData(6.4, 5, "5 µm")]
    [InlineData(1.99, 1, "1 µm")]
    [InlineData(2, 2, "2 µm")]
    [InlineData(0.3, 0.2, "200 nm")]
    [InlineData(4000, 2000, "2 mm")]
    [InlineData(49, 20, "20 µm")]
    public void RoundLength_Any_IsOneTwoOrFive(double length, double expected, string label)
    {
        Assert.Equal(expected, ScaleBar.RoundLength(length), 1e-12);
        Assert.Equal(label, ScaleBar.Label(ScaleBar.RoundLength(length)));
    }

    private static Picture Create(PicturePanel[] panels) => BeforeAfterPicture.Create(panels, null, TestContext.Current.CancellationToken);

    private static MemoryVolume Stack(VolumeShape shape, ulong seed)
    {
        var values = Array.ConvertAll(ReferenceData.Noise(seed, (int)shape.ElementCount, 1000), value => (float)value);
        return MemoryVolume.FromSingles(values, shape, Micrometres);
    }

    private static int Lit(ReadOnlySpan<byte> pixels)
    {
        var lit = 0;
        foreach (var value in pixels)
        {
            lit += value > 0 ? 1 : 0;
        }

        return lit;
    }

    private static int Lit(Picture picture, int left, int top, int width, int height) =>
        Enumerable.Range(top, height).Sum(row => Lit(picture.Row(row).Slice(left, width)));
}
