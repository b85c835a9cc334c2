using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Tests;

public class RealBeadsTests
{
    [Fact]
    public void Run_OnTheConfocalBeads_HasTheWidthsOfTheirPublishedAverage()
    {
        using var file = VolumeFile.OpenRead(RealData.Require("deconvolution/confocal_grid_and_beads/Bead_Image1_crop.tif"));
        using var volume = MemoryVolume.From(file);
        var result = VolumeRun.Of("psf/from-beads", volume);
        var widths = PsfWidths.Measure(result.Volume.ToSingles(), result.Volume.Info.Shape);

        // The data's own average of its beads has 7.15, 10.55 and 4.37 voxels between the half heights of its lines.
        Assert.StartsWith("Used 4 of 4 beads.", result.Warnings[0], StringComparison.Ordinal);
        Assert.Equal(7.15, widths.X, 0.6);
        Assert.Equal(10.55, widths.Y, 0.6);
        Assert.Equal(4.37, widths.Z, 0.3);
        Assert.Equal(1, result.Volume.ToSingles().Sum(v => (double)v), 1e-4);
    }
}
