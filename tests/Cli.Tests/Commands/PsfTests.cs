using InferenceBridge.Cli.Tests.Support;

namespace InferenceBridge.Cli.Tests.Commands;

public sealed class PsfTests : IDisposable
{
    private static readonly string[] Oil = ["--na", "1.4", "--wavelength", "520", "--index", "1.515"];

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Psf_OfOptics_WritesACalibratedStackWithItsPictureAndTellsItsWidths()
    {
        var report = await Tool.RunJsonAsync(
            ["psf", "born-wolf", _folder["psf.tif"], .. Oil, "--voxel-size", "0.2,0.065,0.065", "--picture", _folder["psf.png"]]);

        // 0.5145 λ/NA is 0.191 µm, and 0.886 λ/(n − √(n² − NA²)) is 0.492 µm; the exact cone is a little longer.
        Assert.Equal(0.191, report.GetProperty("fwhm").GetProperty("x").GetDouble(), 0.002);
        Assert.Equal(0.5, report.GetProperty("fwhm").GetProperty("z").GetDouble(), 0.02);
        Assert.Equal(["psf.png", "psf.tif"], _folder.Names);
        using var volume = VolumeFile.OpenRead(_folder["psf.tif"]);
        Assert.Equal((13, 85, 85), (volume.Info.Shape.Depth, volume.Info.Shape.Height, volume.Info.Shape.Width));
        Assert.Equal(0.2, volume.Info.Calibration.VoxelSizeMicrometres!.Value.Z, 1e-6);
        Assert.Equal(1, MemoryVolume.From(volume).ToSingles().Sum(v => (double)v), 1e-4);
    }

    [Fact]
    public async Task Psf_LikeAnImage_TakesItsVoxelSizeAndFitsIntoIt()
    {
        await Tool.RunAsync("sample", "beads", _folder["s.tif"], "--size", "8x40x48");
        var result = await Tool.RunAsync(["psf", "gaussian", _folder["p.tif"], .. Oil, "--like", _folder["s.tif"]]);

        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Contains("FWHM", result.Output, StringComparison.Ordinal);
        using var volume = VolumeFile.OpenRead(_folder["p.tif"]);
        Assert.Equal(new VolumeShape(7, 39, 47), volume.Info.Shape);
    }

    [Fact]
    public async Task Psf_FromBeads_WritesTheirAverageAndTellsWhichWereUsed()
    {
        await Tool.RunAsync("sample", "psf", _folder["bead.tif"], "--na", "1.0", "--wavelength", "0.6", "--voxel-size", "0.2,0.1,0.1");
        var report = await Tool.RunJsonAsync(
            "psf", "from-beads", _folder["bead.tif"], _folder["psf.tif"], "--size", "9x7x7", "--picture", _folder["psf.png"]);

        Assert.StartsWith("Used 1 of 1 bead.", report.GetProperty("notes")[0].GetString(), StringComparison.Ordinal);

        // The sample's Gaussian: 0.51 λ/NA, integrated over voxels of 0.1 µm.
        Assert.Equal(0.31, report.GetProperty("fwhm").GetProperty("x").GetDouble(), 0.02);
        Assert.Contains("psf.png", _folder.Names);
    }

    [Theory]
    [InlineData("below the refractive index of the immersion, index = 1.33", "born-wolf", "OUT", "--na", "1.4", "--wavelength", "520", "--index", "1.33")]
    [InlineData("Parameter wavelength is the text \"-520\"", "born-wolf", "OUT", "--na", "1.2", "--wavelength", "-520", "--index", "1.33")]
    [InlineData("camera_pixel and magnification", "born-wolf", "OUT", "--na", "1.2", "--wavelength", "520", "--index", "1.33")]
    [InlineData("excitation_wavelength", "gaussian", "OUT", "--na", "1.2", "--wavelength", "520", "--index", "1.33", "--microscope", "confocal")]
    [InlineData("three numbers above 0", "gaussian", "OUT", "--voxel-size", "0.1,0.1")]
    [InlineData("psf from-beads BEADS.tif OUTPUT.tif", "from-beads", "OUT")]
    [InlineData("psf born-wolf OUTPUT.tif", "born-wolf", "IN", "OUT")]
    public async Task Psf_BadInput_IsRefusedAndLeavesNoFile(string expected, params string[] words)
    {
        var message = await Tool.RefuseAsync(
            ExitCode.BadInput, ["psf", .. words.Select(word => word is "OUT" or "IN" ? _folder[$"{word}.tif"] : word)]);

        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
    }
}
