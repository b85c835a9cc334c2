using Grpc.Core;
using InferenceBridge.Grpc.Substitutes.Tests.Protos;

namespace InferenceBridge.Grpc.Substitutes.Tests.EndToEnd;

/// <summary>Handlers of echo.proto, and what they saw of the last call.</summary>
internal sealed class NumbersService(CallLog log) : Numbers.NumbersBase
{
    public override async Task<Number> Double(Number request, ServerCallContext context)
    {
        log.Record(context);
        await context.WriteResponseHeadersAsync(new Metadata { { "method", context.Method } });
        context.ResponseTrailers.Add("state-bin", [1, 0, 255]);
        return new Number { Value = 2 * request.Value };
    }

    public override async Task Count(
        Number request, IServerStreamWriter<Number> responseStream, ServerCallContext context)
    {
        for (var i = 0L; i < request.Value; i++)
            await responseStream.WriteAsync(new Number { Value = i }, context.CancellationToken);
    }

    public override async Task<Number> Sum(IAsyncStreamReader<Number> requestStream, ServerCallContext context)
    {
        var sum = 0L;
        await foreach (var number in requestStream.ReadAllAsync(context.CancellationToken))
            sum += number.Value;
        return new Number { Value = sum };
    }

    public override async Task RunningSum(
        IAsyncStreamReader<Number> requestStream,
        IServerStreamWriter<Number> responseStream,
        ServerCallContext context)
    {
        var sum = 0L;
        while (await requestStream.MoveNext())
        {
            sum += requestStream.Current.Value;
            await responseStream.WriteAsync(new Number { Value = sum });
        }
    }

    public override Task<Number> Fail(Number request, ServerCallContext context) =>
        throw new RpcException(
            new Status((StatusCode)request.Value, "as asked: ä"), new Metadata { { "reason", "test" } });

    public override async Task<Number> Hang(Number request, ServerCallContext context)
    {
        log.Record(context);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = context.CancellationToken.Register(cancelled.SetResult);
        log.Started.SetResult();
        await cancelled.Task;
        log.Cancelled.SetResult();
        return request;
    }

    public override Task<Blob> Echo(Blob request, ServerCallContext context)
    {
        log.Record(context);
        return Task.FromResult(request);
    }
}
