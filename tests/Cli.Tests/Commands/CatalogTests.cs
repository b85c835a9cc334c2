using InferenceBridge.Cli.Tests.Support;

namespace InferenceBridge.Cli.Tests.Commands;

public class CatalogTests
{
    [Fact]
    public async Task Operations_Embedded_ListsThoseThatAreBuiltIn()
    {
        var list = await Tool.RunJsonAsync("operations");
        var ids = list.GetProperty("operations").EnumerateArray().Select(operation => operation.GetProperty("id").GetString()).ToList();
        Assert.Contains("diagnostic/identity", ids);
        Assert.Contains("denoise/nlm", ids);
        Assert.Contains("deconvolve/richardson-lucy", ids);
        var text = (await Tool.RunAsync("operations")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(ids.Count + 1, text.Length);
        Assert.StartsWith("OPERATION", text[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Describe_RichardsonLucy_ShowsParametersWithTypeDefaultAndRange()
    {
        var operation = await Tool.RunJsonAsync("describe", "deconvolve/richardson-lucy");
        var iterations = operation.GetProperty("parameters").EnumerateArray().Single(p => p.GetProperty("name").GetString() == "iterations");
        Assert.Equal("integer", iterations.GetProperty("type").GetString());
        Assert.InRange(iterations.GetProperty("default").GetInt64(),
            iterations.GetProperty("minimum").GetInt64(), iterations.GetProperty("maximum").GetInt64());
        Assert.NotEmpty(iterations.GetProperty("help").GetString()!);
        Assert.Contains(operation.GetProperty("inputs").EnumerateArray(), input => input.GetProperty("name").GetString() == "psf");
        var text = (await Tool.RunAsync("describe", "deconvolve/richardson-lucy")).Output;
        Assert.Contains("PARAMETER", text, StringComparison.Ordinal);
        Assert.Contains("iterations", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Describe_Registration_ShowsWhatItMakesBeside()
    {
        var operation = await Tool.RunJsonAsync("describe", "register/rigid");
        Assert.Equal("displacement", operation.GetProperty("side_outputs").EnumerateArray().Single().GetProperty("name").GetString());
        Assert.Contains("SIDE OUTPUT", (await Tool.RunAsync("describe", "register/rigid")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("SIDE OUTPUT", (await Tool.RunAsync("describe", "denoise/nlm")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Describe_Unknown_NamesTheOnesThatExist() =>
        Assert.Contains("denoise/nlm", await Tool.RefuseAsync(2, "describe", "denoise/telepathy"), StringComparison.Ordinal);

    [Fact]
    public async Task Operations_AddressWithoutScheme_IsRefused() =>
        Assert.Contains("accepted", await Tool.RefuseAsync(2, "operations", "--server", "ftp://nowhere"), StringComparison.Ordinal);
}
