using Microsoft.Extensions.Logging;

namespace InferenceBridge.Client;

/// <summary>How a client connects, waits, tries again and logs.</summary>
public sealed record InferenceBridgeClientOptions
{
    /// <summary>Time to open a connection (more than 0, up to 1 day; default 10 s).</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Time for a call of the catalogue, all attempts included (more than 0, up to 1 day; default 60 s). Jobs have
    /// <see cref="RunRequest.Timeout"/>.
    /// </summary>
    public TimeSpan CatalogTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What is tried again, how often and for how long.</summary>
    public RetryOptions Retry { get; init; } = new();

    /// <summary>Takes the client's log; null logs nothing.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>Clock of pauses and timeouts; tests replace it.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Checks every option.</summary>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.UsageInvalid"/>; the message names every option at fault and what would be accepted.
    /// </exception>
    internal void Validate()
    {
        var faults = Faults().Concat(Retry.Faults()).ToList();
        if (faults.Count > 0)
        {
            throw new InferenceException(InferenceError.UsageInvalid, "options", $"{string.Join("; ", faults)}.");
        }
    }

    private IEnumerable<string> Faults()
    {
        var day = TimeSpan.FromDays(1);
        if (ConnectTimeout <= TimeSpan.Zero || ConnectTimeout > day)
        {
            yield return $"ConnectTimeout is {ConnectTimeout}; accepted: more than 0, up to {day}";
        }

        if (CatalogTimeout <= TimeSpan.Zero || CatalogTimeout > day)
        {
            yield return $"CatalogTimeout is {CatalogTimeout}; accepted: more than 0, up to {day}";
        }
    }
}
