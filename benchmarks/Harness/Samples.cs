namespace InferenceBridge.Benchmarks.Harness;

/// <summary>Measurements of one thing in successive rounds.</summary>
internal sealed class Samples(string name, string unit)
{
    private readonly List<double> _values = [];

    public double Median => MedianOf(_values);

    public int Count => _values.Count;

    public double StandardDeviation
    {
        get
        {
            var mean = _values.Average();
            return Math.Sqrt(_values.Average(value => (value - mean) * (value - mean)));
        }
    }

    public double Last => _values[^1];

    public void Add(double value) => _values.Add(value);

    /// <summary>The median under the name itself, and the extremes.</summary>
    public IEnumerable<Figure> Figures() =>
    [
        new(name, Median, unit), new($"{name}_min", _values.Min(), unit), new($"{name}_max", _values.Max(), unit),
    ];

    /// <summary>
    /// The median of the ratios of each round: what slows the whole machine down for a while slows both sides of a round.
    /// </summary>
    public double RatioTo(Samples other) => MedianOf([.. _values.Zip(other._values, (mine, theirs) => mine / theirs)]);

    /// <summary>The value that a share of all values does not exceed.</summary>
    /// <param name="share">0 to 1.</param>
    public double Percentile(double share) => _values.Order().ElementAt(Math.Max(0, (int)Math.Ceiling(share * _values.Count) - 1));

    private static double MedianOf(List<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
