using System.Diagnostics;
using System.Runtime.InteropServices;

namespace InferenceBridge.Cli.Tests.Support;

/// <summary>The built tool as a process of its own.</summary>
internal sealed class ToolProcess : IDisposable
{
    public const int SigInt = 2;
    public const int SigKill = 9;
    public const int SigTerm = 15;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Process _process;

    private ToolProcess(Process process) => _process = process;

    public static ToolProcess Start(params string[] arguments) => Start(new Dictionary<string, string>(), arguments);

    public static ToolProcess Start(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        Launch(environment, [], arguments);

    /// <summary>Starts the tool under another program, such as a shell that limits it: "sh -c '... exec \"$@\"' sh".</summary>
    public static ToolProcess StartUnder(IReadOnlyList<string> wrapper, params string[] arguments) =>
        Launch(new Dictionary<string, string>(), wrapper, arguments);

    private static ToolProcess Launch(
        IReadOnlyDictionary<string, string> environment, IReadOnlyList<string> wrapper, string[] arguments)
    {
        var tool = Path.Combine(AppContext.BaseDirectory, "InferenceBridge.Cli.dll");
        var host = Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet";

        // A shell that runs the tests in the background makes them ignore Ctrl-C, and the tool would inherit that.
        var start = new ProcessStartInfo("env", ["--default-signal=INT,TERM", .. wrapper, host, tool, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new ToolProcess(Process.Start(start)!);
    }

    public Task<string?> ReadOutputLineAsync() => ReadAsync(_process.StandardOutput);

    public Task<string?> ReadErrorLineAsync() => ReadAsync(_process.StandardError);

    public void Signal(int signal) => Assert.Equal(0, Kill(_process.Id, signal));

    /// <summary>Waits for the end; returns the exit code and what was left on standard error.</summary>
    public async Task<(int Code, string Error)> WaitAsync()
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(Patience);
        var error = await _process.StandardError.ReadToEndAsync(timeout.Token);
        await _process.WaitForExitAsync(timeout.Token);
        return (_process.ExitCode, error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static async Task<string?> ReadAsync(StreamReader reader)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(Patience);
        return await reader.ReadLineAsync(timeout.Token);
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
