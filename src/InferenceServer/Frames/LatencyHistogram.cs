namespace InferenceBridge.Server.Frames;

/// <summary>Latencies of a stream of any length, in steps of 5%.</summary>
internal sealed class LatencyHistogram
{
    private const double Smallest = 1e-6;
    private const double Step = 1.05;

    // Up to an hour.
    private readonly long[] _counts = new long[(int)Math.Ceiling(Math.Log(3600 / Smallest) / Math.Log(Step)) + 1];
    private long _count;

    /// <summary>The largest, in seconds.</summary>
    public double Maximum { get; private set; }

    public void Add(double seconds)
    {
        var bucket = seconds <= Smallest ? 0 : (int)(Math.Log(seconds / Smallest) / Math.Log(Step)) + 1;
        _counts[Math.Min(bucket, _counts.Length - 1)]++;
        _count++;
        Maximum = Math.Max(Maximum, seconds);
    }

    /// <summary>What a part of the latencies stays below, in seconds; 0 where there are none.</summary>
    /// <param name="part">0 to 1.</param>
    public double Quantile(double part)
    {
        var left = (long)Math.Ceiling(part * _count);
        for (var i = 0; i < _counts.Length && left > 0; i++)
        {
            left -= _counts[i];
            if (left <= 0)
            {
                return Math.Min(Maximum, Smallest * Math.Pow(Step, i));
            }
        }

        return 0;
    }
}
