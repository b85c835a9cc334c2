using Grpc.Core;

namespace InferenceBridge.Grpc.Substitutes.Tests.Core;

public class CallOptionsTests
{
    [Fact]
    public void Default_Read_IsEmpty()
    {
        var options = new CallOptions();

        Assert.Null(options.Headers);
        Assert.Null(options.Deadline);
        Assert.Null(options.Credentials);
        Assert.Null(options.WriteOptions);
        Assert.Null(options.PropagationToken);
        Assert.False(options.IsWaitForReady);
        Assert.False(options.CancellationToken.CanBeCanceled);
    }

    [Fact]
    public void With_EachOption_ChangesACopy()
    {
        using var source = new CancellationTokenSource();
        var headers = new Metadata { { "a", "1" } };
        var deadline = new DateTime(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        var credentials = CallCredentials.FromInterceptor((_, _) => Task.CompletedTask);
        var write = new WriteOptions(WriteFlags.NoCompress);
        var empty = new CallOptions();

        var options = empty.WithHeaders(headers).WithDeadline(deadline).WithCancellationToken(source.Token)
            .WithWriteOptions(write).WithCredentials(credentials).WithWaitForReady();

        Assert.Same(headers, options.Headers);
        Assert.Equal(deadline, options.Deadline);
        Assert.Equal(source.Token, options.CancellationToken);
        Assert.Same(write, options.WriteOptions);
        Assert.Same(credentials, options.Credentials);
        Assert.True(options.IsWaitForReady);
        Assert.False(options.WithWaitForReady(false).IsWaitForReady);
        Assert.Null(empty.Headers);
    }

    [Fact]
    public void WriteFlags_Numbers_AreThoseOfThePackage()
    {
        Assert.Equal((1, 2), ((int)WriteFlags.BufferHint, (int)WriteFlags.NoCompress));
        Assert.Equal(default, WriteOptions.Default.Flags);
        Assert.True(ContextPropagationOptions.Default.IsPropagateDeadline);
        Assert.False(new ContextPropagationOptions(propagateCancellation: false).IsPropagateCancellation);
    }
}
