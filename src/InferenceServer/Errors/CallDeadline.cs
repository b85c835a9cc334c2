using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace InferenceBridge.Server.Errors;

/// <summary>
/// The time that a client gives a call. It travels as a duration, so that no clock has to be right: gRPC over HTTP/2, "grpc-timeout".
/// </summary>
internal static class CallDeadline
{
    private const string Header = "grpc-timeout";

    // gRPC starts its own timer a little before a call is handed on.
    private static readonly TimeSpan Head = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether it has passed.</summary>
    public static bool HasPassed(HttpContext call, TimeSpan elapsed) =>
        Parse(call.Request.Headers[Header]) is { } timeout && elapsed + Head >= timeout;

    /// <summary>A number of up to eight digits and a unit; null where there is none.</summary>
    public static TimeSpan? Parse(string? text)
    {
        if (text is not { Length: >= 2 and <= 9 } || !long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        return text[^1] switch
        {
            'H' => TimeSpan.FromHours(number),
            'M' => TimeSpan.FromMinutes(number),
            'S' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMilliseconds(number),
            'u' => TimeSpan.FromMicroseconds(number),
            'n' => TimeSpan.FromTicks(number / TimeSpan.NanosecondsPerTick),
            _ => null,
        };
    }
}
