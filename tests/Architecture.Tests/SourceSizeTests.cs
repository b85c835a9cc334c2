namespace InferenceBridge.Architecture.Tests;

/// <summary>Small files with one purpose: see docs/architecture.md.</summary>
public class SourceSizeTests
{
    [Theory]
    [InlineData("src")]
    [InlineData("substitutes")]
    [InlineData("tests")]
    public void Sources_InFolder_HaveAtMostFiveHundredLines(string folder)
    {
        var tooLong = Repository.Sources(folder).Where(path => File.ReadLines(path).Count() > 500);
        Assert.Empty(tooLong);
    }
}
