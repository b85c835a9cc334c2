using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace InferenceBridge.Cli;

/// <summary>The tree of commands.</summary>
internal static class CommandLine
{
    // Not a RootCommand: that one takes the name of the program's file, which people never type.
    public static Command Create() => new("ib",
        "Restores microscope images on a server: denoise, deconvolve, and whatever else 'ib operations' lists.\n"
        + "Without --server, a command that computes hosts the same server in its own process.\n"
        + "Exit codes: 0 done, 2 bad input or usage, 130 cancelled (Ctrl-C), 1 anything else.")
    {
        ServeCommand.Create(),
        OperationsCommand.Create(),
        DescribeCommand.Create(),
        RunCommand.Create(),
        RunCommand.CreateShortcut("denoise", "nlm", "Remove noise: a shortcut of 'run denoise/MODEL'."),
        RunCommand.CreateShortcut("deconvolve", "richardson-lucy", "Undo the blur of the optics: a shortcut of 'run deconvolve/MODEL'."),
        RegisterCommand.Create(),
        AutofocusCommand.Create(),
        StreamCommand.Create(),
        SimulateMicroscopeCommand.Create(),
        TrainCommand.Create(),
        PsfCommand.Create(),
        SampleCommand.Create(),
        MetricsCommand.Create(),
        InfoCommand.Create(),
        PreviewCommand.Create(),
        TopCommand.Create(),
        PackageCommand.Create(),
        new HelpOption(),
        new VersionOption(),
    };

    /// <summary>Parses and runs a command line; every failure becomes one sentence on standard error and an exit code.</summary>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var root = Create();
        if (UnknownCommand.Describe(root, arguments) is { } unknown)
        {
            await error.WriteLineAsync($"ib: {unknown}");
            await error.WriteLineAsync("See 'ib --help'.");
            return ExitCode.BadInput;
        }

        var parsed = root.Parse(ParameterFlags.Rewrite(root, arguments));
        if (parsed.Errors.Count > 0)
        {
            await error.WriteLineAsync($"ib: {MissingArgument.Describe(parsed, arguments) ?? Failure.OneLine(parsed.Errors[0].Message)}");
            await error.WriteLineAsync($"See '{CommandPath(parsed)} --help'.");
            return ExitCode.BadInput;
        }

        // Own handling of signals and errors: a cancelled call must reach the server, and a server must drain its jobs.
        var invocation = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = output, Error = error,
        };
        try
        {
            return await parsed.InvokeAsync(invocation, cancellation);
        }
        catch (Exception exception)
        {
            var (code, message) = Failure.Describe(exception, cancellation);
            await error.WriteLineAsync($"ib: {message}");
            return code;
        }
    }

    private static string CommandPath(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (var result = parsed.CommandResult; result is not null; result = result.Parent as CommandResult)
        {
            names.Push(result.Command.Name);
        }

        return string.Join(' ', names);
    }
}
