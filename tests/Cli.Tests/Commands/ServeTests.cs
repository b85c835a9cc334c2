using System.Net;
using System.Net.Sockets;
using InferenceBridge.Cli.Tests.Support;

namespace InferenceBridge.Cli.Tests.Commands;

public sealed class ServeTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ToolProcess.SigInt)]
    [InlineData(ToolProcess.SigTerm)]
    public async Task Serve_UntilASignal_ServesAndExitsWith0(int signal)
    {
        var socket = $"unix:{_folder["s.sock"]}";
        using var server = ToolProcess.Start("serve", "--urls", "http://127.0.0.1:0", "--urls", socket);
        var address = await server.ReadOutputLineAsync();
        Assert.Matches(@"^Listening on http://127\.0\.0\.1:[1-9][0-9]+$", address);
        Assert.Equal($"Listening on {socket}", await server.ReadOutputLineAsync());
        Assert.Matches(@"^Device: \S+ \(.+\)$", await server.ReadOutputLineAsync());
        foreach (var url in new[] { address!["Listening on ".Length..], socket })
        {
            var list = await Tool.RunJsonAsync("operations", "--server", url);
            Assert.NotEqual(0, list.GetProperty("operations").GetArrayLength());
        }

        server.Signal(signal);
        Assert.Equal((0, ""), await server.WaitAsync());
    }

    [Fact]
    public async Task Serve_PortInUse_NamesTheAddress()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";
        Assert.Contains(url, await Tool.RefuseAsync(ExitCode.Failed, "serve", "--urls", url), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_AddressAndFileAtFault_NamesBothAtOnce()
    {
        var config = _folder["c.json"];
        await File.WriteAllTextAsync(config, """{ "InferenceBridge": { "Device": "tpu", "QueueBytes": "many" } }""", TestContext.Current.CancellationToken);
        var refusal = await Tool.RefuseAsync(ExitCode.BadInput, "serve", "--config", config, "--urls", "gopher://x");
        Assert.All(["InferenceBridge:Device", "InferenceBridge:QueueBytes", "InferenceBridge:Urls"],
            key => Assert.Contains($"{key} ", refusal, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{}", "no sections")]
    [InlineData("""{ "Inferencebrige": { "Device": "cpu" } }""", "Inferencebrige")]
    public async Task Serve_FileWithoutTheSection_IsRefused(string json, string named)
    {
        var config = _folder["c.json"];
        await File.WriteAllTextAsync(config, json, TestContext.Current.CancellationToken);
        var refusal = await Tool.RefuseAsync(ExitCode.BadInput, "serve", "--config", config);
        Assert.Contains(named, refusal, StringComparison.Ordinal);
        Assert.Contains("accepted: a section \"InferenceBridge\"", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--urls", "gopher://x", "gopher://x")]
    [InlineData("--config", "none.json", "none.json")]
    public async Task Serve_WrongSetting_NamesIt(string option, string value, string expected) =>
        Assert.Contains(expected, await Tool.RefuseAsync(ExitCode.BadInput, "serve", option, value), StringComparison.Ordinal);
}
