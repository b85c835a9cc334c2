using System.Diagnostics;
using InferenceBridge.Benchmarks.Harness;
using InferenceBridge.Client;
using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Registration;

/// <summary>Sends frames at a rate, as a camera does that waits for nobody, and measures when their answers come.</summary>
internal sealed class SimulatedInstrument
{
    private readonly Samples _latency = new("latency", "ms");
    private readonly Samples _interval = new("interval", "ms");

    /// <summary>From when a frame was due to its answer, in ms: a frame that is sent late counts from when it should have been.</summary>
    public Samples Latency => _latency;

    /// <summary>Standard deviation of the time between answers, in ms.</summary>
    public double JitterMilliseconds { get; private set; }

    public FrameStreamSummary Summary { get; private set; } = new("", "");

    public long Sent { get; private set; }

    /// <summary>Seconds from the first frame to the last answer.</summary>
    public double Seconds { get; private set; }

    /// <summary>Runs a stream to its end.</summary>
    /// <param name="client">Where to.</param>
    /// <param name="operation">Through what.</param>
    /// <param name="movie">Frames, sent forwards and backwards in turn as often as it takes, so that nothing jumps.</param>
    /// <param name="frames">How many.</param>
    /// <param name="rate">Frames a second; 0 for as fast as they are taken.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<SimulatedInstrument> RunAsync(
        InferenceBridgeClient client, string operation, MemoryVolume movie, long frames, double rate, CancellationToken cancellation)
    {
        var instrument = new SimulatedInstrument();
        var request = new FrameStreamRequest(operation, movie.Info with { Shape = movie.Info.Shape with { Frames = 1 } })
        {
            DropPolicy = rate > 0 ? FrameDropPolicy.DropOldest : FrameDropPolicy.Block,
        };
        await using var stream = client.OpenFrameStream(request, cancellation);
        await stream.Opened;
        var start = Stopwatch.GetTimestamp();
        var due = new double[frames];
        var sending = Task.Run(() => SendAsync(stream, movie, due, rate, start, cancellation), cancellation);
        var last = double.NaN;
        await foreach (var result in stream.ReadResultsAsync(cancellation))
        {
            var now = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            instrument._latency.Add(now - due[result.Id]);
            if (double.IsFinite(last))
            {
                instrument._interval.Add(now - last);
            }

            last = now;
        }

        await sending;
        instrument.Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        instrument.Summary = await stream.Completion;
        instrument.Sent = frames;
        instrument.JitterMilliseconds = instrument._interval.StandardDeviation;
        return instrument;
    }

    private static async Task SendAsync(FrameStream stream, MemoryVolume movie, double[] due, double rate, long start, CancellationToken cancellation)
    {
        var count = movie.Info.Shape.Frames;
        var period = Math.Max(1, 2 * (count - 1));
        for (var id = 0; id < due.Length; id++)
        {
            if (rate > 0)
            {
                due[id] = id * 1000 / rate;
                var wait = due[id] - Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                if (wait > 0)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(wait), cancellation);
                }
            }
            else
            {
                due[id] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }

            var place = id % period;
            await stream.SendAsync(new Frame(id, movie.Plane(place < count ? place : period - place)) { TimestampSeconds = due[id] / 1000 }, cancellation);
        }

        await stream.CompleteAsync();
    }
}
