namespace InferenceBridge.Cli.Tests.Support;

/// <summary>"ib serve" on a Unix socket, as a process that can be killed and started again.</summary>
internal sealed class ServerProcess(string socket) : IDisposable
{
    private ToolProcess? _process;

    public string Address => $"unix:{socket}";

    /// <summary>Starts it and waits until it listens.</summary>
    public async Task StartAsync()
    {
        _process?.Dispose();

        // A stalled job has no time to end when the server is told to stop.
        _process = ToolProcess.Start(new Dictionary<string, string> { ["INFERENCEBRIDGE__SHUTDOWNGRACESECONDS"] = "0" },
            "serve", "--urls", Address);
        Assert.Equal($"Listening on {Address}", await _process.ReadOutputLineAsync());
    }

    /// <summary>Ends it and waits until it is gone.</summary>
    public async Task EndAsync(int signal)
    {
        _process!.Signal(signal);
        await _process.WaitAsync();
    }

    public void Dispose() => _process?.Dispose();
}
