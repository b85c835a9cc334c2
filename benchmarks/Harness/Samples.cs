namespace InferenceBridge.Benchmarks.Harness;

/// <summary>Measurements of one thing in successive rounds.</summary>
internal sealed class Samples(string name, string unit)
{
    private readonly List<double> _values = [];

    public double Median => MedianOf(_values);

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

    private static double MedianOf(List<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
