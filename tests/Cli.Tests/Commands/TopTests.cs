using System.Text.Json;
using InferenceBridge.Cli.Tests.Support;

namespace InferenceBridge.Cli.Tests.Commands;

public sealed class TopTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Top_Once_TellsTheServersState()
    {
        using var server = await StartAsync();
        var report = await Tool.RunAsync("top", "--once", "--server", Address);
        Assert.Equal((0, ""), (report.Code, report.Error));
        Assert.Matches(@"\AInferenceBridge \d+\.\d+\.\d+ at unix:\S+, up 0:0\d:\d\d\n0 running of at most 4, 0 queued; ", report.Output);
        Assert.EndsWith("\nNo jobs.\n", report.Output, StringComparison.Ordinal);

        var json = await Tool.RunJsonAsync("top", "--once", "--server", Address);
        Assert.Equal("cpu", json.GetProperty("devices")[0].GetProperty("id").GetString());
        Assert.Equal(0, json.GetProperty("jobs").GetArrayLength());
        Assert.Equal(0, json.GetProperty("totals").GetProperty("completed").GetInt64());
    }

    [Fact]
    public async Task Top_RedirectedUntilCtrlC_PrintsReportsAndEndsWith0()
    {
        using var server = await StartAsync();
        using var top = ToolProcess.Start("top", "--server", Address, "--interval", "0.1");
        for (var report = 0; report < 2; report++)
        {
            Assert.StartsWith("InferenceBridge ", await top.ReadOutputLineAsync(), StringComparison.Ordinal);
            while (await top.ReadOutputLineAsync() is { Length: > 0 })
            {
            }

            Assert.Equal("No jobs.", await top.ReadOutputLineAsync());
            Assert.Equal("", await top.ReadOutputLineAsync());
        }

        top.Signal(ToolProcess.SigInt);
        Assert.Equal((0, ""), await top.WaitAsync());
    }

    [Fact]
    public async Task Top_ServerGoesAndComesBack_SaysSoOnceAndGoesOn()
    {
        // The servers are told apart by what they have done: the first one a job, the second one none.
        ToolProcess top;
        using (var server = await StartAsync())
        {
            var input = _folder.WriteStack("in.tif", new VolumeShape(1, 8, 8), i => (ushort)i);
            Assert.Equal(0, (await Tool.RunAsync("run", "diagnostic/identity", input, _folder["out.tif"], "--server", Address)).Code);
            top = ToolProcess.Start("top", "--json", "--server", Address, "--interval", "0.1");
            await ReadUntilCompletedAsync(top, 1);
            server.Signal(ToolProcess.SigTerm);
            Assert.Equal((0, ""), await server.WaitAsync());
        }

        using (top)
        {
            Assert.Matches("^ib: .+ Trying again\\.$", await top.ReadErrorLineAsync());
            using var again = await StartAsync();
            await ReadUntilCompletedAsync(top, 0);
            top.Signal(ToolProcess.SigTerm);
            Assert.Equal((0, ""), await top.WaitAsync());
        }
    }

    [Fact]
    public async Task Top_NoServer_SaysSoInOneSentence() =>
        Assert.Contains(Address, await Tool.RefuseAsync(ExitCode.Failed, "top", "--server", Address), StringComparison.Ordinal);

    [Theory]
    [InlineData("0.01")]
    [InlineData("4000")]
    [InlineData("NaN")]
    public async Task Top_ImpossibleInterval_NamesWhatIsAccepted(string seconds) =>
        Assert.Contains("0.1 to 3600", await Tool.RefuseAsync(ExitCode.BadInput, "top", "--interval", seconds), StringComparison.Ordinal);

    private string Address => $"unix:{_folder["s.sock"]}";

    private static async Task ReadUntilCompletedAsync(ToolProcess top, long jobs)
    {
        for (var reports = 0; reports < 600; reports++)
        {
            var report = JsonDocument.Parse((await top.ReadOutputLineAsync())!).RootElement;
            if (report.GetProperty("totals").GetProperty("completed").GetInt64() == jobs)
            {
                return;
            }
        }

        Assert.Fail($"After 600 reports still none of {jobs} completed jobs.");
    }

    private async Task<ToolProcess> StartAsync()
    {
        var server = ToolProcess.Start("serve", "--urls", Address);
        Assert.Equal($"Listening on {Address}", await server.ReadOutputLineAsync());
        return server;
    }
}
