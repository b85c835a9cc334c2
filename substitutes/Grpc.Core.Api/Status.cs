namespace Grpc.Core;

/// <summary>Outcome of a call: code, text for people, and on the client the local exception behind it.</summary>
public struct Status
{
    /// <summary>Status <see cref="StatusCode.OK"/> without detail.</summary>
    public static readonly Status DefaultSuccess = new(StatusCode.OK, "");

    /// <summary>Status <see cref="StatusCode.Cancelled"/> without detail.</summary>
    public static readonly Status DefaultCancelled = new(StatusCode.Cancelled, "");

    public Status(StatusCode statusCode, string detail)
        : this(statusCode, detail, null)
    {
    }

    /// <param name="statusCode">Code.</param>
    /// <param name="detail">Text, which travels to the client.</param>
    /// <param name="debugException">Local cause; it never travels.</param>
    public Status(StatusCode statusCode, string detail, Exception? debugException)
    {
        StatusCode = statusCode;
        Detail = detail;
        DebugException = debugException;
    }

    public StatusCode StatusCode { get; }

    public string Detail { get; }

    public Exception? DebugException { get; }

    public override string ToString() =>
        DebugException is null
            ? $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\")"
            : $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\", DebugException=\"{DebugException}\")";
}
