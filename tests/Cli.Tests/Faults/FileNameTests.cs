using InferenceBridge.Cli.Tests.Support;

namespace InferenceBridge.Cli.Tests.Faults;

/// <summary>Names with blanks and letters of all scripts, and names that stand for no file (issue 3).</summary>
public sealed class FileNameTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("with two  blanks.tif")]
    [InlineData("Grüße µm é (1) [2] {3}.tif")]
    [InlineData("顕微鏡 細胞.ome.tif")]
    [InlineData("'quote\" %41 $HOME ;&|.tif")]
    [InlineData("emoji 🔬.tif")]
    [InlineData("combining é.tif")]
    public async Task EveryCommand_UnusualName_ReadsAndWritesIt(string name)
    {
        var input = _folder.WriteStack($"in {name}", new VolumeShape(3, 20, 16), i => (ushort)(100 + i));
        var output = _folder[$"out {name}"];
        var picture = _folder[$"{name}.png"];

        var report = await Tool.RunJsonAsync("denoise", "--model", "gaussian", input, output);
        Assert.Equal(output, report.GetProperty("output").GetString());
        Assert.Equal(input, (await Tool.RunJsonAsync("info", input)).GetProperty("file").GetString());
        Assert.Contains(output, (await Tool.RunAsync("info", output)).Output, StringComparison.Ordinal);
        await Tool.RunJsonAsync("metrics", output, input);
        Assert.Equal(0, (await Tool.RunAsync("preview", input, picture, "--beside", output)).Code);
        Assert.Equal(new[] { $"in {name}", $"out {name}", $"{name}.png" }.Order(StringComparer.Ordinal), _folder.Names);
    }

    [Fact]
    public async Task Run_NameTooLong_SaysSoAndNothingOfTheDisk()
    {
        var input = _folder.WriteStack("in.tif", new VolumeShape(1, 4, 4), i => (ushort)i);
        var refusal = await Tool.RunAsync("run", "diagnostic/identity", input, _folder[new string('x', 252) + ".tif"]);
        Assert.Equal(ExitCode.BadInput, refusal.Code);
        Assert.Contains("too long; accepted: names of at most 255 bytes", refusal.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("free", refusal.Error, StringComparison.Ordinal);
        Assert.Equal(["in.tif"], _folder.Names);
    }

    [Fact]
    public async Task Run_NamesThatBeginWithADash_AreReadAfterTwoDashes()
    {
        _folder.WriteStack("-in.tif", new VolumeShape(1, 4, 4), i => (ushort)i);
        using var tool = ToolProcess.StartUnder(["sh", "-c", $"cd '{Path.GetDirectoryName(_folder["x"])}' && exec \"$@\"", "sh"],
            "run", "diagnostic/identity", "--", "-in.tif", "-out.tif");
        var (code, error) = await tool.WaitAsync();
        Assert.True(code == 0, error);
        Assert.Equal(["-in.tif", "-out.tif"], _folder.Names);
    }

    [Theory]
    [InlineData("info", "PIPE")]
    [InlineData("run", "diagnostic/identity", "PIPE", "OUT")]
    [InlineData("deconvolve", "IN", "OUT", "--psf", "PIPE")]
    [InlineData("metrics", "IN", "PIPE")]
    [InlineData("preview", "PIPE", "OUT.png")]
    [InlineData("preview", "IN", "OUT.png", "--beside", "PIPE")]
    [InlineData("sample", "psf", "OUT", "--like", "PIPE")]
    [InlineData("run", "diagnostic/identity", "IN", "PIPE")]
    [InlineData("preview", "IN", "PIPE.png")]
    [InlineData("sample", "psf", "PIPE", "--voxel-size", "1,1,1")]
    public async Task EveryCommand_PipeInsteadOfAFile_IsRefusedAndStays(params string[] words)
    {
        _folder.WriteStack("in.tif", new VolumeShape(3, 20, 16), i => (ushort)(100 + i));
        using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", [_folder["pipe"], _folder["pipe.png"]]))
        {
            await mkfifo.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var message = await Tool.RefuseAsync(ExitCode.BadInput, Resolve(words));

        Assert.Contains("a pipe or a device", message, StringComparison.Ordinal);
        Assert.Equal(["in.tif", "pipe", "pipe.png"], _folder.Names);
    }

    [Theory]
    [InlineData("info", "/dev/zero")]
    [InlineData("info", "FOLDER")]
    [InlineData("metrics", "IN", "FOLDER")]
    [InlineData("preview", "FOLDER", "OUT.png")]
    [InlineData("preview", "IN", "FOLDER")]
    [InlineData("preview", "IN", "FOLDER/none/OUT.png")]
    [InlineData("sample", "beads", "FOLDER")]
    [InlineData("sample", "beads", "FOLDER/none/out.tif")]
    [InlineData("run", "diagnostic/identity", "FOLDER", "OUT")]
    [InlineData("run", "diagnostic/identity", "IN", "FOLDER/")]
    [InlineData("run", "diagnostic/identity", "IN", "IN/out.tif")]
    public async Task EveryCommand_NameOfNoFile_IsRefused(params string[] words)
    {
        _folder.WriteStack("in.tif", new VolumeShape(3, 20, 16), i => (ushort)(100 + i));
        await Tool.RefuseAsync(ExitCode.BadInput, Resolve(words));
        Assert.Equal(["in.tif"], _folder.Names);
    }

    private string[] Resolve(string[] words) => [.. words.Select(word => word
        .Replace("IN", _folder["in.tif"], StringComparison.Ordinal).Replace("OUT", _folder["out.tif"], StringComparison.Ordinal)
        .Replace("PIPE", _folder["pipe"], StringComparison.Ordinal)
        .Replace("FOLDER", Path.GetDirectoryName(_folder["x"]), StringComparison.Ordinal))];
}
