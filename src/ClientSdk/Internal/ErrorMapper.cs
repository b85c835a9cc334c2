using System.Net.Sockets;
using Google.Protobuf;
using Grpc.Core;

namespace InferenceBridge.Client.Internal;

/// <summary>Turns a gRPC status back into the exception of the domain.</summary>
internal static class ErrorMapper
{
    public const string ErrorTrailer = "ib-error";
    public const string FieldTrailer = "ib-field";

    /// <summary>How Grpc.Net.Client begins when a web server answers that knows nothing of gRPC.</summary>
    private const string NotGrpc = "Bad gRPC response";

    /// <summary>Rebuilds the error.</summary>
    /// <param name="exception">What the call ended with.</param>
    /// <param name="address">Server, for the message.</param>
    /// <param name="wasConnected">Whether the server had answered before.</param>
    /// <param name="greetingFault">What was wrong with the connection's beginning, where that is known.</param>
    public static InferenceException Map(
        RpcException exception, ServerAddress address, bool wasConnected = false, IOException? greetingFault = null)
    {
        var named = exception.Trailers.GetValue(ErrorTrailer);
        if (TryParseError(named, out var error))
        {
            // Trailers are ASCII, so the server percent-encodes what is not.
            var field = Uri.UnescapeDataString(exception.Trailers.GetValue(FieldTrailer) ?? "");
            return new InferenceException(error, field, exception.Status.Detail, exception);
        }

        if ((greetingFault as ForeignServerException ?? Find<ForeignServerException>(exception)) is { } foreign)
        {
            return new InferenceException(InferenceError.ProtocolViolation, "address",
                $"What listens at {address.Text} is no InferenceBridge server: {foreign.Message}; accepted: the address of an `ib serve`.",
                exception);
        }

        return IsConnectionFailure(exception)
            ? new InferenceException(InferenceError.ServerUnreachable, "address",
                wasConnected
                    ? $"The server at {address.Text} was lost in mid-job ({Cause(exception)})."
                    : $"No server answers at {address.Text} ({greetingFault?.Message ?? Cause(exception)}). Start one with `ib serve`, or correct the address.",
                exception)
            : FromStatus(exception, address);
    }

    /// <summary>Whether the same call may succeed a little later, without any change to it.</summary>
    public static bool IsTransient(InferenceError error) =>
        error is InferenceError.ServerUnreachable or InferenceError.ServerBusy or InferenceError.ServerStopping;

    private static bool TryParseError(string? name, out InferenceError error)
    {
        error = InferenceError.Internal;
        return !string.IsNullOrEmpty(name) && char.IsAsciiLetter(name[0])
            && Enum.TryParse(name, ignoreCase: true, out error) && Enum.IsDefined(error);
    }

    private static bool IsConnectionFailure(RpcException exception)
    {
        for (var cause = exception.Status.DebugException; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpRequestException or SocketException or (IOException and not InvalidProtocolBufferException))
            {
                return true;
            }
        }

        return exception.StatusCode == StatusCode.Unavailable;
    }

    private static T? Find<T>(RpcException exception)
        where T : Exception
    {
        for (var cause = exception.Status.DebugException; cause is not null; cause = cause.InnerException)
        {
            if (cause is T found)
            {
                return found;
            }
        }

        return null;
    }

    private static string Cause(RpcException exception)
    {
        var cause = exception.Status.DebugException?.GetBaseException().Message ?? exception.Status.Detail;
        return cause.TrimEnd('.');
    }

    private static InferenceException FromStatus(RpcException exception, ServerAddress address)
    {
        var detail = exception.Status.Detail;
        if (detail.StartsWith(NotGrpc, StringComparison.Ordinal))
        {
            return new InferenceException(InferenceError.ProtocolViolation, "address",
                $"What listens at {address.Text} is no InferenceBridge server ({detail.TrimEnd('.')}); accepted: the address of an `ib serve`.",
                exception);
        }

        var (error, message) = exception.StatusCode switch
        {
            StatusCode.DeadlineExceeded => (InferenceError.DeadlineExceeded, $"The deadline of the call to {address.Text} passed."),
            StatusCode.Cancelled => (InferenceError.Cancelled, $"The server at {address.Text} cancelled the call: {detail}"),
            StatusCode.ResourceExhausted => (InferenceError.ServerBusy, $"The server at {address.Text} has no room: {detail}"),
            StatusCode.Unimplemented => (InferenceError.ProtocolViolation,
                $"The server at {address.Text} does not know this call ({detail}); accepted: an InferenceBridge server of this version."),
            _ => (InferenceError.Internal, $"The server at {address.Text} failed ({exception.StatusCode}): {detail}"),
        };
        return new InferenceException(error, "", message, exception);
    }
}
