using InferenceBridge.Cli.Tests.Support;
using InferenceBridge.Client;

namespace InferenceBridge.Cli.Tests.Faults;

/// <summary>A real server that is killed, or told to stop, in the midst of a job (issue 3).</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private const long MiB = 1 << 20;
    private static readonly VolumeShape Shape = new(64, 512, 512);

    private readonly TestFolder _folder = new();
    private readonly TestFolder _home = new();
    private ServerProcess _server = null!;
    private Relay _relay = null!;

    public async ValueTask InitializeAsync()
    {
        _server = new ServerProcess(_home["s"]);
        await _server.StartAsync();

        // 32 MiB go up; 12 of them are through, and 4 MiB of the result are back, when the job stands still.
        _relay = new Relay(_home["s"], 12 * MiB, 4 * MiB);
        _folder.WriteStack("in.tif", Shape, i => (ushort)(100 + (i * 7919L % 1009)));
    }

    public async ValueTask DisposeAsync()
    {
        await _relay.DisposeAsync();
        _server.Dispose();
        _folder.Dispose();
        _home.Dispose();
    }

    [Theory]
    [InlineData(ToolProcess.SigKill)]
    [InlineData(ToolProcess.SigTerm)]
    public async Task Run_ServerRestartedMidJobWithRetry_GivesTheSameFile(int signal)
    {
        var expected = await Tool.RunAsync("denoise", "--model", "gaussian", _folder["in.tif"], _home["expected.tif"], "--server", _server.Address);
        Assert.Equal(0, expected.Code);
        using var tool = ToolProcess.Start(
            "denoise", "--model", "gaussian", _folder["in.tif"], _folder["out.tif"], "--server", _relay.Address, "--retry");
        await _relay.MidJobAsync();
        AssertOnlyATemporaryFile();

        await _server.EndAsync(signal);
        Assert.DoesNotContain("out.tif", _folder.Names);
        await _server.StartAsync();

        var (code, error) = await tool.WaitAsync();
        Assert.True(code == 0, $"Exit code {code}: {error}");
        Assert.Contains("attempt ", error, StringComparison.Ordinal);
        Assert.Equal(["in.tif", "out.tif"], _folder.Names);
        AssertSameResult();
    }

    [Theory]
    [InlineData(ToolProcess.SigKill, "was lost in mid-job")]
    [InlineData(ToolProcess.SigTerm, "stopping")]
    public async Task Run_ServerEndsMidJobWithoutRetry_IsOneErrorAndLeavesNoFile(int signal, string expected)
    {
        using var tool = ToolProcess.Start(
            "denoise", "--model", "gaussian", _folder["in.tif"], _folder["out.tif"], "--server", _relay.Address);
        await _relay.MidJobAsync();

        await _server.EndAsync(signal);

        var (code, error) = await tool.WaitAsync();
        Assert.True(code == ExitCode.Failed, $"Exit code {code}: {error}");
        Assert.Contains(expected, error.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
        Assert.Equal(["in.tif"], _folder.Names);
    }

    [Fact]
    public async Task Run_ServerDoesNotComeBack_TellsTheLossAndHowLongItWaited()
    {
        using var tool = ToolProcess.Start(
            "denoise", "--model", "gaussian", _folder["in.tif"], _folder["out.tif"], "--server", _relay.Address, "--retry-for", "1.5");
        await _relay.MidJobAsync();

        await _server.EndAsync(ToolProcess.SigKill);

        var (code, error) = await tool.WaitAsync();
        Assert.True(code == ExitCode.Failed, $"Exit code {code}: {error}");
        Assert.Matches(@"ib: The server at http://\S+ was lost in mid-job \(.+\)\. It did not come back within [0-9.]+ s", error);
        Assert.Equal(["in.tif"], _folder.Names);
    }

    [Theory]
    [InlineData(ToolProcess.SigInt)]
    [InlineData(ToolProcess.SigTerm)]
    public async Task Run_SignalWhileItWaitsForTheServer_ExitsWith130AndLeavesNoFile(int signal)
    {
        using var tool = ToolProcess.Start("denoise", "--model", "gaussian", _folder["in.tif"], _folder["out.tif"],
            "--server", _relay.Address, "--retry-for", "600", "--verbose");
        await _relay.MidJobAsync();
        await _server.EndAsync(ToolProcess.SigKill);
        while (await tool.ReadErrorLineAsync() is { } line && !line.Contains("trying again", StringComparison.Ordinal))
        {
            // The log says when the loss is noticed.
        }

        tool.Signal(signal);

        var (code, error) = await tool.WaitAsync();
        Assert.True(code == ExitCode.Cancelled, $"Exit code {code}: {error}");
        Assert.Equal(["in.tif"], _folder.Names);
    }

    [Theory]
    [InlineData(ToolProcess.SigInt)]
    [InlineData(ToolProcess.SigTerm)]
    public async Task Run_SignalInMidUpload_ExitsWith130AndLeavesNoFile(int signal)
    {
        using var tool = ToolProcess.Start("denoise", "--model", "gaussian", _folder["in.tif"], _folder["out.tif"], "--server", _relay.Address);
        await _relay.MidJobAsync();
        AssertOnlyATemporaryFile();

        tool.Signal(signal);

        var (code, error) = await tool.WaitAsync();
        Assert.True(code == ExitCode.Cancelled, $"Exit code {code}: {error}");
        Assert.EndsWith("ib: Cancelled.", error.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(["in.tif"], _folder.Names);
    }

    [Fact]
    public async Task Run_ClientKilledMidJob_LeavesOneNamedTemporaryFileAndTheServerServesOn()
    {
        using var tool = ToolProcess.Start("denoise", "--model", "gaussian", _folder["in.tif"], _folder["out.tif"], "--server", _relay.Address);
        await _relay.MidJobAsync();

        tool.Signal(ToolProcess.SigKill);

        Assert.NotEqual(0, (await tool.WaitAsync()).Code);
        AssertOnlyATemporaryFile();
        var next = await Tool.RunAsync("denoise", "--model", "gaussian", _folder["in.tif"], _folder["out.tif"], "--server", _server.Address);
        Assert.Equal(0, next.Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunAsync_ServerRestartedMidJob_IsATypedErrorOrTheSameResult(bool retries)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var request = new RunRequest("denoise/gaussian");
        var options = new InferenceBridgeClientOptions
        {
            Retry = retries ? RetryOptions.ThroughRestarts(TimeSpan.FromSeconds(60)) : new RetryOptions(),
        };
        await using var direct = InferenceBridgeClient.Connect(_server.Address);
        await direct.RunAsync(_folder["in.tif"], _home["expected.tif"], request, null, cancellation);
        await using var client = InferenceBridgeClient.Connect(_relay.Address, options);
        var run = client.RunAsync(_folder["in.tif"], _folder["out.tif"], request, null, cancellation);
        await _relay.MidJobAsync();

        await _server.EndAsync(ToolProcess.SigKill);
        await _server.StartAsync();

        if (retries)
        {
            Assert.InRange((await run).Attempts, 2, 100);
            AssertSameResult();
            Assert.Equal(["in.tif", "out.tif"], _folder.Names);
        }
        else
        {
            var error = await Assert.ThrowsAsync<InferenceException>(() => run);
            Assert.Equal(InferenceError.ServerUnreachable, error.Error);
            Assert.Contains("was lost in mid-job", error.Message, StringComparison.Ordinal);
            Assert.Equal(["in.tif"], _folder.Names);
        }
    }

    /// <summary>Every byte of every plane, and the description; not the file, which may say when it was made.</summary>
    private void AssertSameResult()
    {
        using var expected = VolumeFile.OpenRead(_home["expected.tif"]);
        using var actual = VolumeFile.OpenRead(_folder["out.tif"]);
        Assert.Equal((expected.Info.Shape, expected.Info.PixelType, expected.Info.Calibration), (actual.Info.Shape, actual.Info.PixelType, actual.Info.Calibration));
        var (left, right) = (new byte[expected.Info.PlaneBytes], new byte[expected.Info.PlaneBytes]);
        for (var plane = 0; plane < expected.Info.Shape.PlaneCount; plane++)
        {
            expected.ReadRows(plane, 0, expected.Info.Shape.Height, left);
            actual.ReadRows(plane, 0, expected.Info.Shape.Height, right);
            Assert.True(left.AsSpan().SequenceEqual(right), $"plane {plane}");
        }
    }

    private void AssertOnlyATemporaryFile()
    {
        Assert.Equal(2, _folder.Names.Count);
        Assert.Matches(@"^\.out\.tif\.[0-9a-f]{32}\.part$", _folder.Names[0]);
        Assert.Equal("in.tif", _folder.Names[1]);
    }
}
