using Microsoft.Extensions.Logging;

namespace InferenceBridge.Client.Internal;

/// <summary>Log messages of the client; event ids are stable.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning,
        "Attempt {Attempt} of {MaxAttempts} at {Call} on {Address} failed ({Error}); trying again in {DelaySeconds:0.###} s. {Reason}")]
    public static partial void Retrying(
        ILogger logger, int attempt, int maxAttempts, string call, string address, InferenceError error, double delaySeconds, string reason);

    [LoggerMessage(2, LogLevel.Warning, "Gave up {Call} on {Address} after {Attempts} attempt(s) ({Error}). {Reason}")]
    public static partial void GaveUp(
        ILogger logger, string call, string address, int attempts, InferenceError error, string reason);

    [LoggerMessage(3, LogLevel.Debug, "{Address} accepted {Operation} for {Device}, {Tiles} tile(s), {MemoryBytes} bytes predicted")]
    public static partial void Accepted(ILogger logger, string address, string operation, string device, long tiles, long memoryBytes);

    [LoggerMessage(4, LogLevel.Debug, "{Operation} {Version} ran on {Device} of {Address} in {Seconds:0.###} s")]
    public static partial void Finished(
        ILogger logger, string operation, string version, string device, string address, double seconds);
}
