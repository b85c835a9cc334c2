using System.Diagnostics;
using InferenceBridge.Server;

[assembly: AssemblyFixture(typeof(InferenceBridge.Interop.ImageJ))]

namespace InferenceBridge.Interop;

/// <summary>Real ImageJ with the plugin, on a display without a screen, and a live server for it to call.</summary>
public sealed class ImageJ : IAsyncLifetime
{
    private const string Library = "/usr/share/java/ij.jar";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly string _folder = Directory.CreateTempSubdirectory("ib-imagej-").FullName;
    private Process? _display;
    private string _displayName = "";
    private InferenceServerHost? _host;
    private int _scripts;

    /// <summary>Address of the live server, as the plugin spells it.</summary>
    public string Server => _host!.Addresses.Single().Replace("http://", "", StringComparison.Ordinal);

    public string this[string name] => Path.Combine(_folder, name);

    public async ValueTask InitializeAsync()
    {
        var prepared = await RunAsync("bash", [Path.Combine(RealData.RepositoryRoot, "tests", "Interop", "prepare.sh"), _folder]);
        Assert.True(prepared.Code == 0, prepared.Output);
        _display = Process.Start(new ProcessStartInfo("Xvfb", ["-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _displayName = ":" + await _display.StandardOutput.ReadLineAsync();
        _host = await InferenceServerHost.StartAsync(new InferenceServerOptions { Urls = "http://127.0.0.1:0", ScratchDirectory = _folder });
    }

    public InferenceBridgeClient Connect() => InferenceBridgeClient.Connect(_host!.Addresses.Single());

    /// <summary>Runs a macro in batch mode. A macro that fails ends with code 0 all the same: look at what it made.</summary>
    public Task<(int Code, string Output)> RunMacroAsync(string macro, bool headless = false, params string[] javaOptions)
    {
        var script = this[$"macro-{Interlocked.Increment(ref _scripts)}.ijm"];
        File.WriteAllText(script, macro);
        return JavaAsync([.. javaOptions, $"-Djava.awt.headless={(headless ? "true" : "false")}"], Library, "ij.ImageJ", "-ijpath", _folder, "-batch", script);
    }

    /// <summary>Runs one of the programs in tests/Interop/java, which drive ImageJ's windows, and returns its lines "name=value".</summary>
    public async Task<IReadOnlyDictionary<string, string>> RunScenarioAsync(string name, params string[] arguments)
    {
        var (code, output) = await JavaAsync([], ScenarioClassPath(name), [name, .. arguments]);
        Assert.True(code == 0, output);
        return output.Split('\n').Where(line => line.Contains('=', StringComparison.Ordinal))
            .GroupBy(line => line[..line.IndexOf('=', StringComparison.Ordinal)])
            .ToDictionary(group => group.Key, group => group.Last()[(group.Key.Length + 1)..].Replace("\\n", "\n", StringComparison.Ordinal));
    }

    /// <summary>Starts a program of tests/Interop/java; the caller disposes of it.</summary>
    public Process StartScenario(string name, params string[] arguments) =>
        Start("java", JavaArguments([], ScenarioClassPath(name), [name, .. arguments]));

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        if (_display is not null)
        {
            _display.Kill();
            await _display.WaitForExitAsync();
            _display.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    // A program in the plugin's own package sees its classes; for the others ImageJ loads the plugin, as it does for people.
    private string ScenarioClassPath(string name) => name.Contains('.', StringComparison.Ordinal)
        ? $"{this["scenarios"]}:{this["plugins"]}/*:{Library}"
        : $"{this["scenarios"]}:{Library}";

    private Task<(int Code, string Output)> JavaAsync(string[] options, string classPath, params string[] arguments) =>
        RunAsync("java", JavaArguments(options, classPath, arguments));

    private string[] JavaArguments(string[] options, string classPath, string[] arguments) =>
        [$"-Duser.home={this["home"]}", $"-Dplugins.dir={_folder}", .. options, "-cp", classPath, .. arguments];

    private Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DISPLAY"] = _displayName;
        return Process.Start(start)!;
    }

    private async Task<(int Code, string Output)> RunAsync(string program, string[] arguments)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(Patience);
        using var process = Start(program, arguments);
        try
        {
            var error = process.StandardError.ReadToEndAsync(timeout.Token);
            var output = await process.StandardOutput.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return (process.ExitCode, output + await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
