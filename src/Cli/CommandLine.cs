using System.CommandLine;

namespace InferenceBridge.Cli;

/// <summary>The tree of commands.</summary>
internal static class CommandLine
{
    public static RootCommand Create() => new(
        "Restores microscope images on a server: denoise, deconvolve, register, autofocus.\n"
        + "Without --server, a command that computes hosts the same server in its own process.\n"
        + "Exit codes: 0 done, 2 bad input or usage, 130 cancelled (Ctrl-C), 1 anything else.")
    {
        ServeCommand.Create(),
        OperationsCommand.Create(),
        DescribeCommand.Create(),
        RunCommand.Create(),
        RunCommand.CreateShortcut("denoise", "nlm", "Remove noise: a shortcut of run denoise/MODEL."),
        RunCommand.CreateShortcut("deconvolve", "richardson-lucy", "Undo the blur of the optics: a shortcut of run deconvolve/MODEL."),
        SampleCommand.Create(),
        MetricsCommand.Create(),
        InfoCommand.Create(),
        PreviewCommand.Create(),
    };

    /// <summary>Runs a command; every failure becomes one sentence on standard error and an exit code.</summary>
    public static async Task<int> InvokeAsync(ParseResult parsed, CancellationToken cancellation)
    {
        // Own handling of signals and errors: a cancelled call must reach the server, and a server must drain its jobs.
        var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        try
        {
            var code = await parsed.InvokeAsync(invocation, cancellation);
            return parsed.Errors.Count > 0 ? ExitCode.BadInput : code;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("ib: cancelled.");
            return ExitCode.Cancelled;
        }
        catch (InferenceException exception)
        {
            await Console.Error.WriteLineAsync($"ib: {exception.Message}");
            return ExitCode.Of(exception.Error);
        }
        catch (IOException exception)
        {
            await Console.Error.WriteLineAsync($"ib: {exception.Message}");
            return ExitCode.BadInput;
        }
        catch (UnauthorizedAccessException exception)
        {
            await Console.Error.WriteLineAsync($"ib: {exception.Message}");
            return ExitCode.BadInput;
        }
    }
}
