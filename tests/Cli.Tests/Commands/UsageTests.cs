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

    [Theory]
    [InlineData("deniose", "denoise")]
    [InlineData("Denoise", "denoise")]
    [InlineData("operation", "operations")]
    [InlineData("metric", "metrics")]
    [InlineData("pre-view", "preview")]
    public async Task Run_CommandMistyped_SuggestsTheNearest(string word, string nearest)
    {
        var result = await Tool.RunAsync(word, "a.tif");
        Assert.StartsWith($"ib: There is no command \"{word}\"; did you mean \"{nearest}\"? Accepted: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NoCommandOfThatName_NamesItAndListsThem()
    {
        var result = await Tool.RunAsync("frobnicate");
        Assert.StartsWith("ib: There is no command \"frobnicate\"; accepted: serve, operations, ", result.Error, StringComparison.Ordinal);
        Assert.StartsWith("ib: No command is given; accepted: serve, ", (await Tool.RunAsync()).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("info", "INFO", 0)]
    [InlineData("ca", "ac", 1)]
    public void Distance_KnownPairs_IsTheNumberOfEdits(string from, string to, int edits) => Assert.Equal(edits, UnknownCommand.Distance(from, to));

    [Theory]
    [InlineData("--retry-for 0")]
    [InlineData("--retry-for -5")]
    [InlineData("--retry-for NaN")]
    [InlineData("--retry-for 86401")]
    public async Task Run_RetryTimeImpossible_NamesTheRange(string words) => Assert.Contains("accepted: above 0 to 86400 seconds",
        await Tool.RefuseAsync(ExitCode.BadInput, ["denoise", "a.tif", "b.tif", .. words.Split(' ')]), StringComparison.Ordinal);

    [Theory]
    [InlineData("denoise a.tif --out b.tif", "OUTPUT is missing; accepted: INPUT OUTPUT. out=b.tif was taken for a parameter of the operation.")]
    [InlineData("denoise --patch-size 5", "INPUT is missing; accepted: INPUT OUTPUT. patch_size=5 was taken for a parameter of the operation.")]
    [InlineData("denoise a.tif -p patch_size=5", "OUTPUT is missing; accepted: INPUT OUTPUT.")]
    [InlineData("metrics a.tif", "REFERENCE is missing; accepted: RESULT REFERENCE.")]
    public async Task Run_ArgumentMissing_NamesIt(string line, string expected) =>
        Assert.StartsWith($"ib: {expected}", (await Tool.RunAsync(line.Split(' '))).Error, StringComparison.Ordinal);

    [Fact]
    public async Task Run_SizeOfTwoNumbers_NamesTheOptionAndWhatItAccepts()
    {
        var result = await Tool.RunAsync("sample", "beads", "a.tif", "--size", "3x4");
        Assert.StartsWith("ib: --size is \"3x4\"; accepted: three whole numbers such as 32x256x256.", result.Error, StringComparison.Ordinal);
    }
}
