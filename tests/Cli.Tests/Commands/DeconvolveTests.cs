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
        Assert.Matches(@"1 block of 5×24×20 on cpu; about [0-9.]+ MiB of memory predicted", result.Error);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(_folder["picture.png"])[..4]);
        var info = await Tool.RunAsync("info", _folder["out.tif"]);
        Assert.Contains("BornWolf", info.Output, StringComparison.Ordinal);
    }

    // The server refuses, and what of the upload was on its way by then may have been told.
    [Theory]
    [InlineData("na, wavelength, index are not given")]
    [InlineData("voxel size is not known", "--na", "1.2", "--wavelength", "520", "--index", "1.33")]
    [InlineData("below the refractive index", "--na", "1.4", "--wavelength", "520", "--index", "1.33")]
    [InlineData("accepted with na, wavelength and index: an image that is calibrated in a unit of length", "--na", "1.2", "--wavelength", "520", "--index", "1.33")]
    [InlineData("Parameter wavelength is the text \"-5\"; accepted: a number from 100 to 3000, or 0 where it is not given.",
        "--na", "1.2", "--wavelength", "-5", "--index", "1.33")]
    [InlineData("Parameter wavelength is 50; accepted: a number from 100 to 3000, or 0 where it is not given.",
        "--na", "1.2", "--wavelength", "50", "--index", "1.33")]
    [InlineData("Parameter na is the text \"-1\"; accepted: a number from 0.02 to 1.9, or 0", "--na", "-1", "--wavelength", "520", "--index", "1.33")]
    [InlineData("Parameter na is 1.4; accepted: below the refractive index of the immersion, index = 1.33.", "--na", "1.4", "--wavelength", "520", "--index", "1.33")]
    [InlineData("index is not given", "--na", "1.2", "--wavelength", "520")]
    public async Task Deconvolve_WithoutPsfOrSoundOptics_IsRefusedAndLeavesNoFile(string expected, params string[] optics)
    {
        Stack(Calibration.None);

        var result = await Tool.RunAsync(["deconvolve", _folder["in.tif"], _folder["out.tif"], .. optics]);

        Assert.Equal(2, result.Code);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Equal(["in.tif"], _folder.Names);
    }

    [Fact]
    public async Task Deconvolve_VolumeThatDoesNotFitEvenInBlocks_TellsWhatItTakesAndLeavesNoFile()
    {
        _folder.WriteStack("in.tif", new VolumeShape(40, 48, 48), i => (ushort)(100 + (i * 7919 % 400)), Micrometres);
        await Tool.RunAsync("sample", "psf", _folder["psf.tif"], "--like", _folder["in.tif"]);
        var environment = new Dictionary<string, string> { ["InferenceBridge__MemoryBudgetBytes"] = "1048576", ["InferenceBridge__ScratchDirectory"] = _folder["scratch"] };
        Directory.CreateDirectory(_folder["scratch"]);

        using var tool = ToolProcess.Start(environment, "deconvolve", _folder["in.tif"], _folder["out.tif"], "--psf", _folder["psf.tif"],
            "--regularisation", "tikhonov", "--report", _folder["picture.png"]);
        var (code, error) = await tool.WaitAsync();

        Assert.True(code is ExitCode.BadInput or ExitCode.Failed, $"{code}: {error}");
        var told = System.Text.RegularExpressions.Regex.Match(error,
            @"takes (\d+) bytes on the device.*accepted by this server: 1048576");
        Assert.True(told.Success, error);
        Assert.True(long.Parse(told.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) > 1048576, error);
        Assert.DoesNotContain("predicted", error, StringComparison.Ordinal);
        Assert.Equal(["in.tif", "psf.tif", "scratch"], _folder.Names.Order());
        Assert.Empty(Directory.GetFileSystemEntries(_folder["scratch"]));
    }

    private void Stack(Calibration calibration) =>
        _folder.WriteStack("in.tif", new VolumeShape(5, 24, 20), i => (ushort)(100 + (i * 7919 % 400)), calibration);
}
