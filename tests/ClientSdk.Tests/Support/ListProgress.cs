using System.Collections.Concurrent;

namespace InferenceBridge.Client.Tests.Support;

/// <summary>Keeps every report, in order.</summary>
internal sealed class ListProgress : IProgress<RunProgress>
{
    private readonly ConcurrentQueue<RunProgress> _reports = new();

    public IReadOnlyList<RunProgress> Reports => [.. _reports];

    public void Report(RunProgress value) => _reports.Enqueue(value);
}
