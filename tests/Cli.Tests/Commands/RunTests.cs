using InferenceBridge.Cli.Tests.Support;

namespace InferenceBridge.Cli.Tests.Commands;

public sealed class RunTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_IdentityEmbedded_ReturnsTheImageAndReportsAsJson()
    {
        var input = Stack("in.tif");
        var report = await Tool.RunJsonAsync("run", "diagnostic/identity", input, _folder["out.tif"]);
        Assert.Equal(TestFolder.Read(input), TestFolder.Read(_folder["out.tif"]));
        Assert.Equal("diagnostic/identity", report.GetProperty("operation").GetString());
        Assert.NotEmpty(report.GetProperty("operation_version").GetString()!);
        Assert.NotEmpty(report.GetProperty("server_version").GetString()!);
        Assert.NotEmpty(report.GetProperty("device").GetString()!);
        Assert.Equal(4 * 32 * 24, report.GetProperty("voxels").GetInt64());
        Assert.True(report.GetProperty("tiles").GetInt64() >= 1);
        Assert.Equal(0, report.GetProperty("warnings").GetArrayLength());
        Assert.Equal(_folder["out.tif"], report.GetProperty("output").GetString());
        Assert.All(new[] { "upload", "compute", "download", "total" }, stage =>
        {
            Assert.True(report.GetProperty("seconds").GetProperty(stage).GetDouble() >= 0, stage);
        });
        Assert.Equal(["in.tif", "out.tif"], _folder.Names);
    }

    [Fact]
    public async Task Run_OutputIsInput_ReplacesIt()
    {
        var file = Stack("a.tif");
        var before = TestFolder.Read(file);
        var result = await Tool.RunAsync("run", "denoise/gaussian", file, file);
        Assert.Equal(0, result.Code);
        Assert.NotEqual(before, TestFolder.Read(file));
        Assert.Equal(["a.tif"], _folder.Names);
    }

    [Fact]
    public async Task Denoise_ParameterAsFlag_IsTheParameterThatRan()
    {
        var input = Stack("in.tif");
        var sigma = await SigmaParameterAsync();
        var first = await Tool.RunJsonAsync("run", "denoise/gaussian", input, _folder["a.tif"], "-p", $"{sigma}=1.5");
        var second = await Tool.RunJsonAsync("denoise", "--model", "gaussian", input, _folder["b.tif"], $"--{sigma.Replace('_', '-')}", "1.5");
        Assert.Equal(1.5, first.GetProperty("parameters").GetProperty(sigma).GetDouble());
        Assert.Equal(first.GetProperty("parameters").ToString(), second.GetProperty("parameters").ToString());
        Assert.Equal(TestFolder.Read(_folder["a.tif"]), TestFolder.Read(_folder["b.tif"]));
    }

    [Fact]
    public async Task Run_OutputType_IsThatOfTheFile()
    {
        var result = await Tool.RunAsync("run", "denoise/gaussian", Stack("in.tif"), _folder["out.tif"], "--output-type", "float32");
        Assert.Equal(0, result.Code);
        using var written = VolumeFile.OpenRead(_folder["out.tif"]);
        Assert.Equal(PixelType.Float32, written.Info.PixelType);
    }

    [Fact]
    public async Task Run_ColourImage_SaysThatItsSamplesBecameChannels()
    {
        // One red, green and blue pixel, byte by byte: the header, 8 entries, the three bit depths, the pixel.
        File.WriteAllBytes(_folder["rgb.tif"],
        [
            0x49, 0x49, 42, 0, 8, 0, 0, 0, 8, 0,
            0, 1, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0,
            2, 1, 3, 0, 3, 0, 0, 0, 110, 0, 0, 0, 3, 1, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0,
            6, 1, 3, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0x11, 1, 4, 0, 1, 0, 0, 0, 116, 0, 0, 0,
            0x15, 1, 3, 0, 1, 0, 0, 0, 3, 0, 0, 0, 0x17, 1, 4, 0, 1, 0, 0, 0, 3, 0, 0, 0,
            0, 0, 0, 0, 8, 0, 8, 0, 8, 0, 50, 60, 70,
        ]);
        var result = await Tool.RunAsync("run", "diagnostic/identity", _folder["rgb.tif"], _folder["out.tif"]);
        Assert.Equal(0, result.Code);
        Assert.Contains($"note: {_folder["rgb.tif"]}: the 3 samples of each pixel were read as channels: red, green, blue", result.Error, StringComparison.Ordinal);
        Assert.Equal([50, 60, 70], TestFolder.Read(_folder["out.tif"]));
    }

    [Fact]
    public async Task Deconvolve_WithPsf_WritesTheResultAndASummary()
    {
        await Tool.RunAsync("sample", "psf", _folder["psf.tif"], "--like", Stack("in.tif"), "--voxel-size", "0.3,0.2,0.2");
        var result = await Tool.RunAsync("deconvolve", _folder["in.tif"], _folder["out.tif"], "--psf", _folder["psf.tif"], "--iterations", "2");
        Assert.Equal(0, result.Code);
        Assert.Contains("deconvolve/richardson-lucy", result.Output, StringComparison.Ordinal);
        Assert.Contains("iterations=2", result.Output, StringComparison.Ordinal);
        Assert.Contains("100 %", result.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["out.tif"]));
    }

    [Theory]
    [InlineData("accepted", "run", "denoise/telepathy", "IN", "OUT")]
    [InlineData("Parameter sharpness", "run", "denoise/gaussian", "IN", "OUT", "--sharpness", "5")]
    [InlineData("iterations is the text \"many\"", "deconvolve", "IN", "OUT", "--psf", "IN", "--iterations", "many")]
    [InlineData("accepted: the name of a PNG file", "deconvolve", "IN", "OUT", "--psf", "IN", "--report", "FOLDER/picture.jpg")]
    [InlineData("accepted: another OUTPUT", "deconvolve", "IN", "IN", "--psf", "IN", "--report", "FOLDER/picture.png")]
    [InlineData("takes no auxiliary volume psf", "run", "diagnostic/identity", "IN", "OUT", "--aux", "psf=IN")]
    [InlineData("-p is \"h\"", "denoise", "IN", "OUT", "-p", "h")]
    [InlineData("--output-type is \"rgb\"", "denoise", "IN", "OUT", "--output-type", "rgb")]
    [InlineData("--timeout is 0", "denoise", "IN", "OUT", "--timeout", "0")]
    [InlineData("does not exist", "denoise", "IN", "FOLDER/none/out.tif")]
    [InlineData("is a folder", "denoise", "IN", "FOLDER")]
    [InlineData("cannot be written", "denoise", "IN", "/proc/out.tif")]
    [InlineData("not a TIFF", "denoise", "TEXT", "OUT")]
    [InlineData("no such file", "denoise", "FOLDER/none.tif", "OUT")]
    public async Task Run_BadInput_IsOneSentenceAndLeavesNoFile(string expected, params string[] arguments)
    {
        Stack("in.tif");
        _folder.WriteText("text.tif", "This is no image.");
        string[] resolved = [.. arguments.Select(argument => argument
            .Replace("IN", _folder["in.tif"], StringComparison.Ordinal).Replace("OUT", _folder["out.tif"], StringComparison.Ordinal)
            .Replace("TEXT", _folder["text.tif"], StringComparison.Ordinal).Replace("FOLDER", Path.GetDirectoryName(_folder["x"]), StringComparison.Ordinal))];
        Assert.Contains(expected, await Tool.RefuseAsync(ExitCode.BadInput, resolved), StringComparison.Ordinal);
        Assert.Equal(["in.tif", "text.tif"], _folder.Names);
    }

    [Fact]
    public async Task Run_OutputIsAPipe_IsRefusedAndThePipeStays()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pipes are recognised on Linux only");
        using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", [_folder["pipe"]]))
        {
            await mkfifo.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        // The name on the command line is a link to it, as /dev/stdout is one.
        File.CreateSymbolicLink(_folder["link.tif"], _folder["pipe"]);
        var message = await Tool.RefuseAsync(ExitCode.BadInput, "run", "diagnostic/identity", Stack("in.tif"), _folder["link.tif"]);
        Assert.Contains("it is a pipe or a device", message, StringComparison.Ordinal);
        Assert.True(SpecialFile.Exists(_folder["pipe"]));
        Assert.True(SpecialFile.Exists(_folder["link.tif"]));
        var direct = Assert.Throws<InferenceException>(
            () => VolumeFile.Create(_folder["pipe"], new VolumeInfo(new VolumeShape(1, 1, 1), PixelType.UInt8)));
        Assert.Equal(InferenceError.FileUnwritable, direct.Error);
        Assert.Equal((false, false), (SpecialFile.Exists(_folder["in.tif"]), SpecialFile.Exists(_folder["none"])));
    }

    [Fact]
    public async Task Run_ServerNotThere_NamesTheAddress()
    {
        var input = Stack("in.tif");
        var message = await Tool.RefuseAsync(ExitCode.Failed,
            "run", "diagnostic/identity", input, _folder["out.tif"], "--server", $"unix:{_folder["none.sock"]}");
        Assert.Contains("none.sock", message, StringComparison.Ordinal);
        Assert.Equal(["in.tif"], _folder.Names);
    }

    private static async Task<string> SigmaParameterAsync()
    {
        var operation = await Tool.RunJsonAsync("describe", "denoise/gaussian");
        return operation.GetProperty("parameters").EnumerateArray()
            .First(parameter => parameter.GetProperty("type").GetString() == "number").GetProperty("name").GetString()!;
    }

    private string Stack(string name) => _folder.WriteStack(name, new VolumeShape(4, 32, 24), i => (ushort)(100 + (i * 7919 % 1009)));
}
