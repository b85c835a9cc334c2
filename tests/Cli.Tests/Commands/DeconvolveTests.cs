using InferenceBridge.Cli.Tests.Support;

namespace InferenceBridge.Cli.Tests.Commands;

public sealed class DeconvolveTests : IDisposable
{
    private static readonly Calibration Micrometres = new() { VoxelWidth = 0.1, VoxelHeight = 0.1, VoxelDepth = 0.3, Unit = "micron" };

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Deconvolve_WithOpticsAlone_TakesTheVoxelSizeFromTheFileAndTellsThePsf()
    {
        Stack(Micrometres);

        var result = await Tool.RunAsync("deconvolve", _folder["in.tif"], _folder["out.tif"],
            "--na", "1.2", "--wavelength", "520", "--index", "1.33", "--iterations", "3", "--report", _folder["picture.png"]);

        Assert.True(result.Code == 0, result.Error);
        Assert.Contains("BornWolf model, NA 1.2, 520 nm, index 1.33", result.Output, StringComparison.Ordinal);
        Assert.Contains("iterations run", result.Output, StringComparison.Ordinal);
        Assert.Contains("residual", result.Output, StringComparison.Ordinal);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(_folder["picture.png"])[..4]);
        var info = await Tool.RunAsync("info", _folder["out.tif"]);
        Assert.Contains("BornWolf", info.Output, StringComparison.Ordinal);
    }

    // The server refuses, and what of the upload was on its way by then may have been told.
    [Theory]
    [InlineData("na, wavelength, index are not given")]
    [InlineData("voxel size is not known", "--na", "1.2", "--wavelength", "520", "--index", "1.33")]
    [InlineData("below the refractive index", "--na", "1.4", "--wavelength", "520", "--index", "1.33")]
    [InlineData("Parameter wavelength is the text \"-5\"", "--na", "1.2", "--wavelength", "-5", "--index", "1.33")]
    [InlineData("index is not given", "--na", "1.2", "--wavelength", "520")]
    public async Task Deconvolve_WithoutPsfOrSoundOptics_IsRefusedAndLeavesNoFile(string expected, params string[] optics)
    {
        Stack(Calibration.None);

        var result = await Tool.RunAsync(["deconvolve", _folder["in.tif"], _folder["out.tif"], .. optics]);

        Assert.Equal(2, result.Code);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Equal(["in.tif"], _folder.Names);
    }

    private void Stack(Calibration calibration) =>
        _folder.WriteStack("in.tif", new VolumeShape(5, 24, 20), i => (ushort)(100 + (i * 7919 % 400)), calibration);
}
