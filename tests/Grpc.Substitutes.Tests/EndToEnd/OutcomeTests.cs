using Grpc.Core;
using InferenceBridge.Grpc.Substitutes.Tests.Protos;

namespace InferenceBridge.Grpc.Substitutes.Tests.EndToEnd;

/// <summary>Headers, trailers, failures, deadlines and cancellation.</summary>
public sealed class OutcomeTests : ServerTest
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Headers_BothWays_KeepTextAndBytes()
    {
        using var channel = Server.Connect();
        var headers = new Metadata { { "Instrument", "LSM 880" }, { "token-bin", [0, 200, 7] } };

        using var call = new Numbers.NumbersClient(channel).DoubleAsync(new Number(), headers, cancellationToken: Cancel);
        await call;

        Assert.Equal("LSM 880", Server.Log.Headers.GetValue("instrument"));
        Assert.Equal([0, 200, 7], Server.Log.Headers.GetValueBytes("token-bin"));
        Assert.Equal("/inferencebridge.tests.Numbers/Double", (await call.ResponseHeadersAsync).GetValue("method"));
        Assert.Equal([1, 0, 255], call.GetTrailers().GetValueBytes("state-bin"));
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Theory]
    [InlineData(StatusCode.InvalidArgument)]
    [InlineData(StatusCode.Unauthenticated)]
    public async Task Failure_InTheHandler_ReachesTheClientWithDetailAndTrailers(StatusCode code)
    {
        using var channel = Server.Connect();
        var client = new Numbers.NumbersClient(channel);

        var exception = await Assert.ThrowsAsync<RpcException>(
            () => client.FailAsync(new Number { Value = (int)code }, cancellationToken: Cancel).ResponseAsync);

        Assert.Equal(code, exception.StatusCode);
        Assert.Equal("as asked: ä", exception.Status.Detail);
        Assert.Equal("test", exception.Trailers.GetValue("reason"));
    }

    [Fact]
    public async Task Deadline_PassedDuringTheCall_EndsItOnBothSides()
    {
        using var channel = Server.Connect();
        var client = new Numbers.NumbersClient(channel);
        // Connects first, so that the deadline is spent in the handler.
        await client.DoubleAsync(new Number(), cancellationToken: Cancel);
        var deadline = DateTime.UtcNow.AddSeconds(1);

        var exception = await Assert.ThrowsAsync<RpcException>(
            () => client.HangAsync(new Number(), deadline: deadline, cancellationToken: Cancel).ResponseAsync);
        await Server.Log.Cancelled.Task.WaitAsync(s_patience, Cancel);

        Assert.Equal(StatusCode.DeadlineExceeded, exception.StatusCode);
        Assert.Equal(deadline, Server.Log.Deadline, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Deadline_InThePast_FailsAtOnce()
    {
        using var channel = Server.Connect();

        var exception = await Assert.ThrowsAsync<RpcException>(() => new Numbers.NumbersClient(channel)
            .DoubleAsync(new Number(), deadline: DateTime.UtcNow.AddMinutes(-1), cancellationToken: Cancel).ResponseAsync);

        Assert.Equal(StatusCode.DeadlineExceeded, exception.StatusCode);
        Assert.Empty(Server.Log.Headers);
    }

    [Fact]
    public async Task Deadline_NotGiven_IsTheEndOfTimeForTheServer()
    {
        using var channel = Server.Connect();

        await new Numbers.NumbersClient(channel).DoubleAsync(new Number(), cancellationToken: Cancel);

        Assert.Equal(DateTime.MaxValue, Server.Log.Deadline);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancellation_ByTokenOrDisposal_EndsTheCallOnBothSides(bool dispose)
    {
        using var channel = Server.Connect();
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using var call = new Numbers.NumbersClient(channel).HangAsync(new Number(), cancellationToken: source.Token);
        await Server.Log.Started.Task.WaitAsync(s_patience, Cancel);

        if (dispose)
            call.Dispose();
        else
            await source.CancelAsync();

        await Server.Log.Cancelled.Task.WaitAsync(s_patience, Cancel);
        var exception = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
        Assert.Equal(StatusCode.Cancelled, exception.StatusCode);
    }

    [Fact]
    public async Task Unreachable_Server_IsUnavailable()
    {
        using var channel = Server.Connect();
        await Server.StopAsync();

        var exception = await Assert.ThrowsAsync<RpcException>(
            () => new Numbers.NumbersClient(channel).DoubleAsync(new Number(), cancellationToken: Cancel).ResponseAsync);

        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
    }
}
