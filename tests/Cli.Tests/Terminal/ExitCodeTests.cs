namespace InferenceBridge.Cli.Tests.Terminal;

public class ExitCodeTests
{
    [Theory]
    [InlineData(InferenceError.Cancelled, 130)]
    [InlineData(InferenceError.ParameterUnknown, 2)]
    [InlineData(InferenceError.FileUnwritable, 2)]
    [InlineData(InferenceError.ServerUnreachable, 1)]
    [InlineData(InferenceError.AddressUnavailable, 1)]
    [InlineData(InferenceError.DeadlineExceeded, 1)]
    [InlineData(InferenceError.Internal, 1)]
    public void Of_Error_IsTheDocumentedCode(InferenceError error, int code) => Assert.Equal(code, ExitCode.Of(error));

    [Fact]
    public void Describe_UnexpectedException_IsOneSentenceWithoutStackTrace()
    {
        var (code, message) = Failure.Describe(new InvalidOperationException("first\nsecond"), CancellationToken.None);
        Assert.Equal(1, code);
        Assert.Equal("Internal fault (InvalidOperationException): first second Please report it.", message);
    }

    [Fact]
    public void Describe_AnythingAfterCtrlC_IsACancellation() =>
        Assert.Equal(130, Failure.Describe(new IOException("broken"), new CancellationToken(canceled: true)).Code);
}
