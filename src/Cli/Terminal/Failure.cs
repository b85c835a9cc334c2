namespace InferenceBridge.Cli;

/// <summary>Turns whatever stopped a command into one sentence and an exit code.</summary>
internal static class Failure
{
    public static (int Code, string Message) Describe(Exception exception, CancellationToken cancellation) => exception switch
    {
        // Whatever broke after Ctrl-C broke because of it.
        _ when cancellation.IsCancellationRequested => (ExitCode.Cancelled, "Cancelled."),
        InferenceException inference => (ExitCode.Of(inference.Error), OneLine(inference.Message)),
        IOException or UnauthorizedAccessException => (ExitCode.Failed, OneLine(exception.Message)),
        OutOfMemoryException => (ExitCode.Failed, "The memory of this computer does not suffice."),
        _ => (ExitCode.Failed, $"Internal fault ({exception.GetType().Name}): {OneLine(exception.Message)} Please report it."),
    };

    public static string OneLine(string message) => string.Join(' ',
        message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
