using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace InferenceBridge.Server.Diagnostics.Tracing;

/// <summary>Finds the trace that a call belongs to.</summary>
internal static class TraceParent
{
    /// <summary>
    /// ASP.NET's span of the call where someone records it, else the caller's (W3C traceparent): a span that nobody records
    /// would leave a gap in the trace.
    /// </summary>
    public static ActivityContext Of(HttpContext context)
    {
        // Without listeners ASP.NET makes one too, for the log alone, from no source.
        if (Activity.Current is { IsAllDataRequested: true, Source.Name.Length: > 0 } current)
        {
            return current.Context;
        }

        var headers = context.Request.Headers;
        return ActivityContext.TryParse(headers.TraceParent, headers.TraceState, isRemote: true, out var parent) ? parent : default;
    }
}
