using InferenceBridge.Imaging.Tests.Metrics;

namespace InferenceBridge.Imaging.Tests.Pictures;

public class PsfPictureTests
{
    private const int Top = 32;

    [Fact]
    public void Create_OfAStack_ShowsBothPlanesLinearAndRaised()
    {
        // 256 columns need no zoom; the step along z is twice the pixel.
        var shape = new VolumeShape(9, 256, 256);
        using var psf = MemoryVolume.FromSingles(PsfWidthsTests.Gaussian(shape, (2, 20, 20), 0), shape,
            new Calibration { VoxelWidth = 1, VoxelHeight = 1, VoxelDepth = 2, Unit = "pixel" });

        var picture = PsfPicture.Create(psf, TestContext.Current.CancellationToken);

        Assert.Equal((8 + 256 + 8 + 256 + 8, Top + 256 + 8 + 18 + 8), (picture.Width, picture.Height));
        Assert.Equal(255, picture.Row(Top + 128)[8 + 128]);

        // One standard deviation off: exp(−1/2) is 155 of 255, its fourth root 225.
        Assert.Equal(155, picture.Row(Top + 128)[8 + 148]);
        Assert.Equal(225, picture.Row(Top + 128)[8 + 256 + 8 + 148]);

        // The xz plane through the peak: rows 8 and 9 of its 18 are next to plane 4.
        Assert.InRange(picture.Row(Top + 256 + 8 + 8)[8 + 128], 240, 255);
        Assert.InRange(picture.Row(Top + 256 + 8)[8 + 128], 30, 40);
    }

    [Fact]
    public void Create_OfASinglePlane_ShowsThatAlone()
    {
        var shape = new VolumeShape(1, 256, 256);
        using var psf = MemoryVolume.FromSingles(PsfWidthsTests.Gaussian(shape, (2, 20, 20), 0), shape);

        Assert.Equal(Top + 256 + 8, PsfPicture.Create(psf, TestContext.Current.CancellationToken).Height);
    }

    [Fact]
    public void Create_OfSeveralChannels_IsRefused()
    {
        using var psf = new MemoryVolume(new VolumeInfo(new VolumeShape(1, 2, 3, 4, 5), PixelType.UInt8));

        var refusal = Assert.Throws<InferenceException>(() => PsfPicture.Create(psf, TestContext.Current.CancellationToken));

        Assert.Equal(InferenceError.ShapeMismatch, refusal.Error);
    }
}
