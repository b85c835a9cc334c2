using Grpc.Core;
using InferenceBridge.Grpc.Substitutes.Tests.Protos;

namespace InferenceBridge.Grpc.Substitutes.Tests.EndToEnd;

public sealed class CallTests : ServerTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Unary_OverEitherTransport_ReturnsTheResponse(bool unixSocket)
    {
        using var channel = unixSocket ? Server.ConnectToSocket() : Server.Connect();

        var response = await new Numbers.NumbersClient(channel).DoubleAsync(new Number { Value = 21 }, cancellationToken: Cancel);

        Assert.Equal(42, response.Value);
    }

    [Fact]
    public void BlockingUnary_OfAnInt_ReturnsTheResponse()
    {
        using var channel = Server.Connect();

        Assert.Equal(-6, new Numbers.NumbersClient(channel).Double(new Number { Value = -3 }, cancellationToken: Cancel).Value);
    }

    [Fact]
    public async Task ServerStreaming_ReadToTheEnd_GivesAllResponsesInOrder()
    {
        using var channel = Server.Connect();
        using var call = new Numbers.NumbersClient(channel).Count(new Number { Value = 4 }, cancellationToken: Cancel);

        var values = new List<long>();
        await foreach (var number in call.ResponseStream.ReadAllAsync(Cancel))
            values.Add(number.Value);

        Assert.Equal([0, 1, 2, 3], values);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task ClientStreaming_Completed_ReturnsTheResponse()
    {
        using var channel = Server.Connect();
        using var call = new Numbers.NumbersClient(channel).Sum(cancellationToken: Cancel);

        await call.RequestStream.WriteAsync(new Number { Value = 5 }, Cancel);
        await call.RequestStream.WriteAsync(new Number { Value = 7 }, Cancel);
        await call.RequestStream.CompleteAsync();

        Assert.Equal(12, (await call).Value);
    }

    [Fact]
    public async Task DuplexStreaming_AnswerBeforeNextRequest_Interleaves()
    {
        using var channel = Server.Connect();
        using var call = new Numbers.NumbersClient(channel).RunningSum(cancellationToken: Cancel);

        var sums = new List<long>();
        foreach (var value in (int[])[1, 10, 100])
        {
            await call.RequestStream.WriteAsync(new Number { Value = value }, Cancel);
            Assert.True(await call.ResponseStream.MoveNext(Cancel));
            sums.Add(call.ResponseStream.Current.Value);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(Cancel));
        Assert.Equal([1, 11, 111], sums);
    }
}
