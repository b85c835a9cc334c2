namespace InferenceBridge.Client;

/// <summary>
/// How often and how long a client tries again what is safe to repeat: a call of the catalogue, or a job of which no
/// result has arrived (see <see cref="AfterPartialResult"/>), after the connection failed or the server said that it is busy
/// or stopping. Pauses double from <see cref="BaseDelay"/> up to <see cref="MaxDelay"/>, with jitter.
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
    /// Time without a server after which a failure is final (more than 0, up to 1 day; default 60 s): since the first failure
    /// of a call, or since a job was lost that the server had accepted.
    /// </summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Whether a job is run again, from its start, also when part of its result had arrived (default false). That part is
    /// thrown away with its writer, so nothing of it is left; the repeated job asks the server to compute all of it again.
    /// </summary>
    public bool AfterPartialResult { get; init; }

    /// <summary>
    /// How often the server may be lost in mid-job until that is final (1–100; default 3): the job itself may be what ends it.
    /// </summary>
    public int MaxLosses { get; init; } = 3;

    /// <summary>
    /// Options that outlast the restart of a server: as many attempts as the deadline allows, with pauses of up to 5 s or a
    /// fortieth of it, also after a part of the result has arrived.
    /// </summary>
    /// <param name="deadline">Time without a server after which a failure is final (more than 0, up to 1 day).</param>
    public static RetryOptions ThroughRestarts(TimeSpan deadline) => new()
    {
        MaxAttempts = 100,
        MaxDelay = TimeSpan.FromSeconds(Math.Max(5, deadline.TotalSeconds / 40)),
        Deadline = deadline,
        AfterPartialResult = true,
    };

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

        if (MaxLosses is < 1 or > 100)
        {
            yield return $"Retry.MaxLosses is {MaxLosses}; accepted: 1 to 100";
        }

        if (Deadline <= TimeSpan.Zero || Deadline > day)
        {
            yield return $"Retry.Deadline is {Deadline}; accepted: more than 0, up to {day}";
        }
    }
}
