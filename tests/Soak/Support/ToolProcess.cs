using System.Diagnostics;

namespace InferenceBridge.Soak.Support;

/// <summary>One of the project's programs as a process of its own, killed when disposed of.</summary>
internal sealed class ToolProcess : IDisposable
{
    public const string Tool = "InferenceBridge.Cli.dll";
    public const string Benchmarks = "InferenceBridge.Benchmarks.dll";

    private readonly Process _process;
    private readonly Queue<string> _errors = new();

    private ToolProcess(Process process)
    {
        _process = process;
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    public StreamReader Output => _process.StandardOutput;

    /// <summary>The last lines of its standard error.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
            {
                return string.Join('\n', _errors);
            }
        }
    }

    public static ToolProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var host = Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet";

        // A shell that runs the tests in the background makes them ignore Ctrl-C, and the program would inherit that. env
        // becomes the program itself, so that the process has the program's memory and handles.
        var start = new ProcessStartInfo("env",
            ["--default-signal=INT,TERM", host, Path.Combine(AppContext.BaseDirectory, program), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new ToolProcess(Process.Start(start)!);
    }

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public Task WaitForExitAsync(CancellationToken cancellation) => _process.WaitForExitAsync(cancellation);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private void Keep(string? line)
    {
        const int kept = 40;
        lock (_errors)
        {
            if (line is not null)
            {
                _errors.Enqueue(line);
            }

            if (_errors.Count > kept)
            {
                _errors.Dequeue();
            }
        }
    }
}
