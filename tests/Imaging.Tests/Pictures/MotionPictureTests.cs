namespace InferenceBridge.Imaging.Tests;

public sealed class MotionPictureTests
{
    [Theory]
    [InlineData(0, 0, 255, 255, 255)]
    [InlineData(0, 2, 255, 0, 0)]
    [InlineData(0, -2, 0, 255, 255)]
    [InlineData(0, 1, 255, 128, 128)]
    [InlineData(2, 0, 128, 255, 0)]
    [InlineData(-2, 0, 128, 0, 255)]
    public void Colours_Displacement_TellsDirectionAndLength(float y, float x, byte red, byte green, byte blue) =>
        Assert.Equal([red, green, blue], MotionPicture.Colours(new MotionPanel(1, 1, [y], [x], ""), 2).Pixels);

    [Fact]
    public void Create_ImagesAndFields_StandSideBySide()
    {
        using var volume = MemoryVolume.FromSingles([.. Enumerable.Range(0, 256 * 256).Select(i => (float)(i % 7))], new VolumeShape(1, 256, 256));
        var field = new MotionPanel(256, 256, new float[256 * 256], [.. Enumerable.Repeat(3f, 256 * 256)], "found");
        var images = BeforeAfterPicture.Create([new PicturePanel(volume, "template")], cancellation: TestContext.Current.CancellationToken);
        var picture = MotionPicture.Create([new PicturePanel(volume, "template")], [field, field], TestContext.Current.CancellationToken);
        Assert.Equal((images.Width + (2 * (256 + 8)), 3), (picture.Width, picture.Channels));

        // The middle of each field is full red.
        foreach (var middle in new[] { images.Width + 128, images.Width + 256 + 8 + 128 })
        {
            Assert.Equal([255, 0, 0], picture.Row(32 + 128).Slice(3 * middle, 3).ToArray());
        }
    }
}
