using InferenceBridge.Cli.Tests.Support;

namespace InferenceBridge.Cli.Tests.Commands;

public class HelpTests
{
    public static TheoryData<string> Commands => [.. CommandLine.Create().Subcommands.Select(command => command.Name)];

    [Fact]
    public void Create_Always_HasEveryCommand() => Assert.Equal(
        ["serve", "operations", "describe", "run", "denoise", "deconvolve", "register", "autofocus", "stream", "simulate-microscope", "train", "psf", "sample", "metrics", "info", "preview", "top", "package"],
        CommandLine.Create().Subcommands.Select(command => command.Name));

    [Fact]
    public async Task Help_OfTheTool_ListsEveryCommandAndTheExitCodes()
    {
        var result = await Tool.RunAsync("--help");
        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Contains("130 cancelled", result.Output, StringComparison.Ordinal);
        Assert.All(CommandLine.Create().Subcommands, command =>
        {
            Assert.Contains($"  {command.Name}", result.Output, StringComparison.Ordinal);
        });
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_OfEveryCommand_DescribesEveryArgumentAndOption(string name)
    {
        var result = await Tool.RunAsync(name, "--help");
        Assert.Equal((0, ""), (result.Code, result.Error));
        var command = CommandLine.Create().Subcommands.Single(c => c.Name == name);
        Assert.All(command.Options, option => Assert.Contains(option.Name, result.Output, StringComparison.Ordinal));
        Assert.All(command.Options, option => Assert.False(string.IsNullOrWhiteSpace(option.Description), option.Name));
        Assert.All(command.Arguments, argument => Assert.Contains($"<{argument.Name}>", result.Output, StringComparison.Ordinal));
        Assert.All(command.Arguments, argument => Assert.False(string.IsNullOrWhiteSpace(argument.Description), argument.Name));
    }
}
