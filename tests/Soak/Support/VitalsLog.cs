using System.Diagnostics;

namespace InferenceBridge.Soak.Support;

/// <summary>What a server held over time.</summary>
internal sealed class VitalsLog(ServerProcess server)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly List<Vitals> _samples = [];

    public IReadOnlyList<Vitals> Samples => _samples;

    /// <summary>Measures until time is up, and tells now and then.</summary>
    public async Task RunAsync(CancellationToken timeIsUp)
    {
        using var timer = new PeriodicTimer(Interval);
        var start = Stopwatch.GetTimestamp();
        var said = 0;
        try
        {
            while (await timer.WaitForNextTickAsync(timeIsUp))
            {
                _samples.Add(server.Measure());
                var minutes = (int)Stopwatch.GetElapsedTime(start).TotalMinutes;
                if (minutes > said)
                {
                    said = minutes;
                    Console.Error.WriteLine($"{minutes} min: {_samples[^1]}");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Time is up.
        }
    }

    /// <summary>The median over the first third of the time, and over the last.</summary>
    public (long First, long Last) Medians(Func<Vitals, long> value)
    {
        var third = Math.Max(1, _samples.Count / 3);
        return (Median(_samples.Take(third)), Median(_samples.TakeLast(third)));

        long Median(IEnumerable<Vitals> samples) => samples.Select(value).Order().ElementAt(third / 2);
    }
}
