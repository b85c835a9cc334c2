using Grpc.Core;

namespace InferenceBridge.Grpc.Substitutes.Tests.Core;

public class StatusTests
{
    [Theory]
    [InlineData(StatusCode.OK, 0)]
    [InlineData(StatusCode.Cancelled, 1)]
    [InlineData(StatusCode.Unknown, 2)]
    [InlineData(StatusCode.InvalidArgument, 3)]
    [InlineData(StatusCode.DeadlineExceeded, 4)]
    [InlineData(StatusCode.NotFound, 5)]
    [InlineData(StatusCode.AlreadyExists, 6)]
    [InlineData(StatusCode.PermissionDenied, 7)]
    [InlineData(StatusCode.ResourceExhausted, 8)]
    [InlineData(StatusCode.FailedPrecondition, 9)]
    [InlineData(StatusCode.Aborted, 10)]
    [InlineData(StatusCode.OutOfRange, 11)]
    [InlineData(StatusCode.Unimplemented, 12)]
    [InlineData(StatusCode.Internal, 13)]
    [InlineData(StatusCode.Unavailable, 14)]
    [InlineData(StatusCode.DataLoss, 15)]
    [InlineData(StatusCode.Unauthenticated, 16)]
    public void StatusCode_OnTheWire_HasTheNumberOfTheProtocol(StatusCode code, int number) =>
        Assert.Equal(number, (int)code);

    [Fact]
    public void Defaults_Read_HaveNoDetail()
    {
        Assert.Equal(new Status(StatusCode.OK, ""), Status.DefaultSuccess);
        Assert.Equal(new Status(StatusCode.Cancelled, ""), Status.DefaultCancelled);
    }

    [Fact]
    public void ToString_WithoutAndWithException_NamesTheParts()
    {
        Assert.Equal(
            "Status(StatusCode=\"NotFound\", Detail=\"gone\")", new Status(StatusCode.NotFound, "gone").ToString());
        Assert.Equal(
            "Status(StatusCode=\"NotFound\", Detail=\"gone\", DebugException=\"System.IO.IOException: x\")",
            new Status(StatusCode.NotFound, "gone", new IOException("x")).ToString());
    }

    [Fact]
    public void RpcException_OfAStatus_TakesItsCodeMessageAndCause()
    {
        var cause = new IOException("x");
        var status = new Status(StatusCode.Aborted, "why", cause);

        var exception = new RpcException(status);

        Assert.Equal(StatusCode.Aborted, exception.StatusCode);
        Assert.Equal("why", exception.Status.Detail);
        Assert.Equal(status.ToString(), exception.Message);
        Assert.Same(cause, exception.InnerException);
        Assert.Empty(exception.Trailers);
    }

    [Fact]
    public void RpcException_WithTrailersAndMessage_KeepsThem()
    {
        var trailers = new Metadata { { "a", "1" } };

        var exception = new RpcException(Status.DefaultCancelled, trailers, "text");

        Assert.Same(trailers, exception.Trailers);
        Assert.Equal("text", exception.Message);
        Assert.Throws<ArgumentNullException>(() => new RpcException(Status.DefaultCancelled, (Metadata)null!));
    }
}
