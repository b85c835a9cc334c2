using System.Text.Json;

namespace InferenceBridge.Cli.Tests.Support;

/// <summary>The command line in this process.</summary>
internal static class Tool
{
    public static async Task<ToolResult> RunAsync(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await CommandLine.RunAsync(arguments, output, error, TestContext.Current.CancellationToken);
        return new ToolResult(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command that must succeed with one JSON object on standard output and nothing on standard error.</summary>
    public static async Task<JsonElement> RunJsonAsync(params string[] arguments)
    {
        var result = await RunAsync([.. arguments, "--json"]);
        Assert.Equal((0, ""), (result.Code, result.Error));
        return JsonDocument.Parse(result.Output).RootElement;
    }

    /// <summary>Runs a command that must be refused with one sentence, and returns the sentence.</summary>
    public static async Task<string> RefuseAsync(int code, params string[] arguments)
    {
        var result = await RunAsync(arguments);
        Assert.Equal((code, ""), (result.Code, result.Output));
        var line = Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("ib: ", line, StringComparison.Ordinal);
        return line;
    }
}

internal sealed record ToolResult(int Code, string Output, string Error);
