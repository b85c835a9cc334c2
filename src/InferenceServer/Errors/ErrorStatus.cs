using System.Diagnostics;
using System.Text;
using Grpc.Core;

namespace InferenceBridge.Server.Errors;

/// <summary>The one place where an error of the domain becomes a gRPC status.</summary>
internal static class ErrorStatus
{
    /// <summary>Trailer with the name of the <see cref="InferenceError"/>.</summary>
    public const string ErrorTrailer = "ib-error";

    /// <summary>Trailer with the field at fault; what is not printable ASCII is percent-encoded UTF-8.</summary>
    public const string FieldTrailer = "ib-field";

    public static StatusCode ToStatusCode(InferenceError error) => error switch
    {
        InferenceError.Internal => StatusCode.Internal,
        InferenceError.UsageInvalid => StatusCode.InvalidArgument,
        InferenceError.OperationNotFound => StatusCode.NotFound,
        InferenceError.ParameterUnknown => StatusCode.InvalidArgument,
        InferenceError.ParameterTypeMismatch => StatusCode.InvalidArgument,
        InferenceError.ParameterOutOfRange => StatusCode.InvalidArgument,
        InferenceError.ShapeInvalid => StatusCode.InvalidArgument,
        InferenceError.ShapeMismatch => StatusCode.InvalidArgument,
        InferenceError.PixelTypeUnsupported => StatusCode.InvalidArgument,
        InferenceError.InputMissing => StatusCode.InvalidArgument,
        InferenceError.InputUnexpected => StatusCode.InvalidArgument,
        InferenceError.ChunkOutOfOrder => StatusCode.InvalidArgument,
        InferenceError.ChunkCorrupt => StatusCode.DataLoss,
        InferenceError.ChunkSizeMismatch => StatusCode.InvalidArgument,
        InferenceError.UploadIncomplete => StatusCode.InvalidArgument,
        InferenceError.ProtocolViolation => StatusCode.InvalidArgument,
        InferenceError.ValueNotFinite => StatusCode.InvalidArgument,
        InferenceError.AuxiliaryInvalid => StatusCode.InvalidArgument,
        InferenceError.VolumeTooLarge => StatusCode.InvalidArgument,
        InferenceError.DeviceOutOfMemory => StatusCode.ResourceExhausted,
        InferenceError.DeviceUnavailable => StatusCode.Unavailable,
        InferenceError.ServerBusy => StatusCode.ResourceExhausted,
        InferenceError.ServerStopping => StatusCode.Unavailable,
        InferenceError.ServerUnreachable => StatusCode.Unavailable,
        InferenceError.AddressUnavailable => StatusCode.Unavailable,
        InferenceError.Cancelled => StatusCode.Cancelled,
        InferenceError.DeadlineExceeded => StatusCode.DeadlineExceeded,
        InferenceError.FileUnreadable => StatusCode.FailedPrecondition,
        InferenceError.FileFormatInvalid => StatusCode.InvalidArgument,
        InferenceError.FileUnwritable => StatusCode.FailedPrecondition,
        _ => throw new UnreachableException($"Unmapped error {error}."),
    };

    public static RpcException ToRpcException(InferenceException exception)
    {
        var trailers = new Metadata { { ErrorTrailer, exception.Error.ToString() } };
        if (exception.Field.Length > 0)
        {
            trailers.Add(FieldTrailer, PercentEncode(exception.Field));
        }

        return new RpcException(new Status(ToStatusCode(exception.Error), exception.Message), trailers);
    }

    private static string PercentEncode(string text)
    {
        var builder = new StringBuilder(text.Length);
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            if (value is > 0x20 and < 0x7F and not (byte)'%')
            {
                builder.Append((char)value);
            }
            else
            {
                builder.Append(System.Globalization.CultureInfo.InvariantCulture, $"%{value:X2}");
            }
        }

        return builder.ToString();
    }
}
