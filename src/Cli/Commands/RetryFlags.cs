using System.CommandLine;
using InferenceBridge.Client;

namespace InferenceBridge.Cli;

/// <summary>Whether a job outlasts the restart of its server.</summary>
internal sealed class RetryFlags
{
    private const double LongestSeconds = 86400;

    private readonly Option<bool> _retry = new("--retry")
    {
        Description = "Wait for a server that is lost, busy or not there yet, and run the job again from its start, at most three times lost.",
    };

    private readonly Option<double?> _seconds = new("--retry-for")
    {
        Description = "Time to wait without a server in seconds; implies --retry. Default: 60.", HelpName = "SECONDS",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_retry);
        command.Options.Add(_seconds);
    }

    /// <summary>The SDK's own caution unless asked for more.</summary>
    public RetryOptions Read(ParseResult parsed)
    {
        var seconds = parsed.GetValue(_seconds);
        if (seconds is <= 0 or > LongestSeconds or double.NaN)
        {
            throw new InferenceException(InferenceError.UsageInvalid, "retry-for",
                $"--retry-for is {Format.Number(seconds.Value)}; accepted: above 0 to {LongestSeconds} seconds.");
        }

        return seconds is null && !parsed.GetValue(_retry)
            ? new RetryOptions()
            : RetryOptions.ThroughRestarts(TimeSpan.FromSeconds(seconds ?? 60));
    }
}
