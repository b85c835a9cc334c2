using Grpc.Core;
using InferenceBridge.Server.Errors;

namespace InferenceBridge.Server.Tests.Errors;

public class ErrorStatusTests
{
    public static TheoryData<InferenceError> Errors => new(Enum.GetValues<InferenceError>());

    [Theory]
    [MemberData(nameof(Errors))]
    public void ToRpcException_EveryError_HasAStatusAndItsName(InferenceError error)
    {
        var exception = ErrorStatus.ToRpcException(new InferenceException(error, "field", "Why."));
        Assert.NotEqual(StatusCode.OK, exception.StatusCode);
        Assert.NotEqual(StatusCode.Unknown, exception.StatusCode);
        Assert.Equal(error.ToString(), exception.Trailers.GetValue("ib-error"));
        Assert.Equal("field", exception.Trailers.GetValue("ib-field"));
        Assert.Equal("Why.", exception.Status.Detail);
    }

    [Theory]
    [InlineData(InferenceError.OperationNotFound, StatusCode.NotFound)]
    [InlineData(InferenceError.ShapeMismatch, StatusCode.InvalidArgument)]
    [InlineData(InferenceError.ChunkCorrupt, StatusCode.DataLoss)]
    [InlineData(InferenceError.DeviceOutOfMemory, StatusCode.ResourceExhausted)]
    [InlineData(InferenceError.ServerStopping, StatusCode.Unavailable)]
    [InlineData(InferenceError.Internal, StatusCode.Internal)]
    public void ToStatusCode_Error_IsTheConventionalOne(InferenceError error, StatusCode expected) =>
        Assert.Equal(expected, ErrorStatus.ToStatusCode(error));

    [Theory]
    [InlineData("100% größe\n", "100%25%20gr%C3%B6%C3%9Fe%0A")]
    [InlineData("parameters.h", "parameters.h")]
    public void ToRpcException_FieldBeyondAscii_IsPercentEncoded(string field, string expected) =>
        Assert.Equal(expected, ErrorStatus.ToRpcException(new InferenceException(InferenceError.Internal, field, "")).Trailers.GetValue("ib-field"));

    [Fact]
    public void ToRpcException_NoField_HasNoFieldTrailer() =>
        Assert.Null(ErrorStatus.ToRpcException(new InferenceException(InferenceError.Cancelled, "", "")).Trailers.Get("ib-field"));
}
