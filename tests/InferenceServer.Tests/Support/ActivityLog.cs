using System.Collections.Concurrent;
using System.Diagnostics;
using Grpc.Core;

namespace InferenceBridge.Server.Tests.Support;

/// <summary>A trace of a test's own, and what the server adds to it.</summary>
internal sealed class ActivityLog : IDisposable
{
    private readonly ActivityListener _listener;
    private readonly ConcurrentQueue<Activity> _stopped = new();

    public ActivityLog()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "InferenceBridge.Server",
            Sample = (ref options) => options.TraceId == Trace ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = activity => _stopped.Enqueue(activity),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public ActivityTraceId Trace { get; } = ActivityTraceId.CreateRandom();

    public ActivitySpanId Parent { get; } = ActivitySpanId.CreateRandom();

    /// <summary>What a client sends to have its call counted to the trace (w3.org/TR/trace-context).</summary>
    public Metadata Headers => new() { { "traceparent", $"00-{Trace}-{Parent}-01" } };

    /// <summary>Activities that have ended.</summary>
    public IReadOnlyList<Activity> Stopped => [.. _stopped];

    public Activity Job => Assert.Single(Stopped, activity => activity.OperationName == "InferenceBridge.Job");

    public void Dispose() => _listener.Dispose();
}
