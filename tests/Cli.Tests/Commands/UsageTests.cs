using InferenceBridge.Cli.Tests.Support;

namespace InferenceBridge.Cli.Tests.Commands;

public class UsageTests
{
    [Theory]
    [InlineData("")]
    [InlineData("restore")]
    [InlineData("info")]
    [InlineData("info a.tif --nonsense")]
    [InlineData("metrics a.tif")]
    [InlineData("run denoise/nlm a.tif")]
    [InlineData("sample mountains a.tif")]
    [InlineData("sample beads a.tif --size 3x4")]
    [InlineData("sample beads a.tif --size 3x4x-5")]
    [InlineData("sample beads a.tif --voxel-size 1,2,three")]
    [InlineData("sample beads a.tif --na wide")]
    public async Task Run_WrongUsage_ExitsWith2AndPointsToTheHelp(string line)
    {
        var result = await Tool.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((ExitCode.BadInput, ""), (result.Code, result.Output));
        var lines = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("ib: ", lines[0], StringComparison.Ordinal);
        Assert.Contains("--help", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SizeOfTwoNumbers_NamesTheOptionAndWhatItAccepts()
    {
        var result = await Tool.RunAsync("sample", "beads", "a.tif", "--size", "3x4");
        Assert.StartsWith("ib: --size is \"3x4\"; accepted: three whole numbers such as 32x256x256.", result.Error, StringComparison.Ordinal);
    }
}
