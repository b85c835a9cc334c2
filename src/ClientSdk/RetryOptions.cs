namespace InferenceBridge.Client;

/// <summary>
/// How often and how long a client tries again what is safe to repeat: a call of the catalogue, or a job of which no
/// result has arrived, after the connection failed or the server said that it is busy or stopping. Pauses double from
/// <see cref="BaseDelay"/> up to <see cref="MaxDelay"/>, with jitter.
/// </summary>
public sealed record RetryOptions
{
    /// <summary>Attempts in all, the first included (1–100; default 4); 1 never tries again.</summary>
    public int MaxAttempts { get; init; } = 4;

    /// <summary>Median of the first pause (0 to 1 hour; default 0.5 s).</summary>
    public TimeSpan BaseDelay { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Longest pause (<see cref="BaseDelay"/> to 1 day; default 10 s).</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Time since the first failure of a call after which a failure is final (more than 0, up to 1 day; default 60 s).
    /// </summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(60);

    internal IEnumerable<string> Faults()
    {
        var hour = TimeSpan.FromHours(1);
        var day = TimeSpan.FromDays(1);
        if (MaxAttempts is < 1 or > 100)
        {
            yield return $"Retry.MaxAttempts is {MaxAttempts}; accepted: 1 to 100";
        }

        if (BaseDelay < TimeSpan.Zero || BaseDelay > hour)
        {
            yield return $"Retry.BaseDelay is {BaseDelay}; accepted: 0 to {hour}";
        }

        if (MaxDelay < BaseDelay || MaxDelay > day)
        {
            yield return $"Retry.MaxDelay is {MaxDelay}; accepted: BaseDelay ({BaseDelay}) to {day}";
        }

        if (Deadline <= TimeSpan.Zero || Deadline > day)
        {
            yield return $"Retry.Deadline is {Deadline}; accepted: more than 0, up to {day}";
        }
    }
}
