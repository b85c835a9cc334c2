using Grpc.Core;
using InferenceBridge.Server.Hosting;

namespace InferenceBridge.Server.Monitoring;

/// <summary>What the server is doing now, once or at intervals.</summary>
internal sealed class MonitoringGrpcService(StatusReporter reporter, JobTracker jobs, TimeProvider time) : Proto.MonitoringService.MonitoringServiceBase
{
    private const double MinimumSeconds = 0.1;
    private const double MaximumSeconds = 3600;

    public override Task<Proto.ServerStatus> GetStatus(Proto.GetStatusRequest request, ServerCallContext context) => Task.FromResult(reporter.Status());

    public override async Task Watch(
        Proto.WatchRequest request, IServerStreamWriter<Proto.ServerStatus> responseStream, ServerCallContext context)
    {
        var interval = Interval(request);

        // A stream that watches ends with the server; it must not hold up its stop.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, jobs.DrainingToken);
        while (!either.IsCancellationRequested)
        {
            await responseStream.WriteAsync(reporter.Status(), context.CancellationToken).ConfigureAwait(false);
            await Task.Delay(interval, time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        context.CancellationToken.ThrowIfCancellationRequested();
    }

    private static TimeSpan Interval(Proto.WatchRequest request) => request.IntervalSeconds switch
    {
        0 => TimeSpan.FromSeconds(1),
        >= MinimumSeconds and <= MaximumSeconds => TimeSpan.FromSeconds(request.IntervalSeconds),
        _ => throw new InferenceException(InferenceError.UsageInvalid, "interval_seconds",
            FormattableString.Invariant($"interval_seconds is {request.IntervalSeconds}; accepted: {MinimumSeconds} to {MaximumSeconds}, or 0 for 1.")),
    };
}
