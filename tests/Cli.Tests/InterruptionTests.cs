using System.Net;
using System.Net.Sockets;
using InferenceBridge.Cli.Tests.Support;

namespace InferenceBridge.Cli.Tests;

public sealed class InterruptionTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_SignalWhileTheServerSaysNothing_ExitsWith130AndLeavesNoFile()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var input = _folder.WriteStack("in.tif", new VolumeShape(1, 8, 8), i => (ushort)i);
        using var tool = ToolProcess.Start(
            "run", "diagnostic/identity", input, _folder["out.tif"], "--server", $"{silent.LocalEndpoint}", "--retry");
        using var connection = await silent.AcceptSocketAsync(TestContext.Current.CancellationToken);
        tool.Signal(ToolProcess.SigInt);
        Assert.Equal((130, "ib: Cancelled.\n"), await tool.WaitAsync());
        Assert.Equal(["in.tif"], _folder.Names);
    }

    [Theory]
    [InlineData(ToolProcess.SigInt)]
    [InlineData(ToolProcess.SigTerm)]
    public async Task Run_SignalWhileTheJobRuns_ExitsWith130AndLeavesNoFile(int signal)
    {
        // Minutes of work: only the signal can end it in time.
        var input = _folder.WriteStack("in.tif", new VolumeShape(24, 512, 512), i => (ushort)(100 + (i * 7919L % 1009)));
        await Tool.RunAsync("sample", "psf", _folder["psf.tif"], "--voxel-size", "0.5,0.1,0.1");
        using var tool = ToolProcess.Start("deconvolve", input, _folder["out.tif"], "--psf", _folder["psf.tif"], "--iterations", "1000");
        Assert.Contains("%", await tool.ReadErrorLineAsync(), StringComparison.Ordinal);
        tool.Signal(signal);
        var (code, error) = await tool.WaitAsync();
        Assert.True(code == 130, $"Exit code {code}: {error}");
        Assert.EndsWith("ib: Cancelled.", error.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(["in.tif", "psf.tif"], _folder.Names);
    }
}
