using System.Diagnostics;
using System.Globalization;
using InferenceBridge.Client;

namespace InferenceBridge.Cli;

/// <summary>How a stream went, as the instrument sees it.</summary>
internal sealed class StreamReport
{
    private readonly List<double> _roundTrips = [];
    private readonly List<double> _intervals = [];
    private readonly List<long> _dropped = [];
    private long _last;

    public string Operation { get; private set; } = "";

    public string Device { get; private set; } = "";

    public long FramesSent { get; private set; }

    public long FramesAnswered { get; private set; }

    public long FramesDropped { get; private set; }

    public IReadOnlyList<long> DroppedIds => _dropped;

    public double Seconds { get; private set; }

    public double FramesPerSecond => Seconds > 0 ? FramesAnswered / Seconds : 0;

    /// <summary>From sending a frame to having its answer, in milliseconds.</summary>
    public double RoundTripP50Ms => Quantile(_roundTrips, 0.5);

    public double RoundTripP99Ms => Quantile(_roundTrips, 0.99);

    public double RoundTripMaxMs => Quantile(_roundTrips, 1);

    /// <summary>Standard deviation of the time between two answers, in milliseconds.</summary>
    public double JitterMs => _intervals.Count == 0 ? 0 : Math.Sqrt(_intervals.Average(i => (i - _intervals.Average()) * (i - _intervals.Average())));

    public double ServerP50Ms { get; private set; }

    public double ServerP99Ms { get; private set; }

    public IReadOnlyList<string> Warnings { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Details { get; private set; } = new Dictionary<string, string>();

    public void Answered(TimeSpan roundTrip, FrameResult result)
    {
        var now = Stopwatch.GetTimestamp();
        if (_last != 0)
        {
            _intervals.Add(Stopwatch.GetElapsedTime(_last, now).TotalMilliseconds);
        }

        _last = now;
        _roundTrips.Add(roundTrip.TotalMilliseconds);
        _dropped.AddRange(result.DroppedIds);
    }

    public void Ended(FrameStreamSummary summary)
    {
        _dropped.AddRange(summary.DroppedIds);
        (Operation, Device, Seconds) = (summary.Operation, summary.Device, summary.TotalSeconds);
        (FramesSent, FramesAnswered, FramesDropped) = (summary.Received, summary.Answered, summary.Dropped);
        (ServerP50Ms, ServerP99Ms) = (summary.MedianLatency.TotalMilliseconds, summary.Latency99.TotalMilliseconds);
        (Warnings, Details) = (summary.Warnings, summary.Details);
    }

    public void WriteTo(TextWriter output)
    {
        var table = new TextTable();
        static string Ms(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.0} ms");
        table.Add("operation", $"{Operation} on {Device}");
        table.Add("frames", $"{Format.Count(FramesAnswered)} of {Format.Count(FramesSent)} answered, {Format.Count(FramesDropped)} dropped; {Format.Number(Math.Round(FramesPerSecond, 1))} frames/s");
        table.Add("round trip", $"median {Ms(RoundTripP50Ms)}, 99% {Ms(RoundTripP99Ms)}, largest {Ms(RoundTripMaxMs)}, jitter {Ms(JitterMs)}");
        table.Add("in the server", $"median {Ms(ServerP50Ms)}, 99% {Ms(ServerP99Ms)}");
        foreach (var (name, value) in Details.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            table.Add(name.Replace('_', ' '), value);
        }

        foreach (var warning in Warnings)
        {
            table.Add("warning", warning);
        }

        table.WriteTo(output, "  ");
    }

    private static double Quantile(List<double> values, double part)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? 0 : sorted[Math.Max(0, (int)Math.Ceiling(part * sorted.Length) - 1)];
    }
}
