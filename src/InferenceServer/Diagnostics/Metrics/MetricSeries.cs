namespace InferenceBridge.Server.Diagnostics.Metrics;

/// <summary>The values of one instrument under one set of labels.</summary>
/// <param name="labels">As Prometheus writes them: operation="denoise/nlm",device="cpu".</param>
/// <param name="boundaries">Upper bounds of the buckets of a histogram, ascending; empty for other instruments.</param>
internal sealed class MetricSeries(string labels, IReadOnlyList<double> boundaries)
{
    private readonly long[] _buckets = new long[boundaries.Count];

    public string Labels => labels;

    /// <summary>Sum of what was added, or the last value of a gauge.</summary>
    public double Value { get; private set; }

    /// <summary>Values of a histogram.</summary>
    public long Count { get; private set; }

    /// <summary>Values of a histogram up to each boundary.</summary>
    public IEnumerable<(double Boundary, long Count)> Cumulative()
    {
        long sum = 0;
        for (var i = 0; i < _buckets.Length; i++)
        {
            sum += _buckets[i];
            yield return (boundaries[i], sum);
        }
    }

    public void Add(double value) => Value += value;

    public void Set(double value) => Value = value;

    public void Record(double value)
    {
        Value += value;
        Count++;
        for (var i = 0; i < _buckets.Length; i++)
        {
            if (value <= boundaries[i])
            {
                _buckets[i]++;
                break;
            }
        }
    }
}
