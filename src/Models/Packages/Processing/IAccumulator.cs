namespace InferenceBridge.Models.Packages;

/// <summary>Gathers two numbers from pixels that come piece by piece.</summary>
internal interface IAccumulator
{
    void Add(ReadOnlySpan<float> values);

    /// <returns>The two numbers; null where all pixels have to come once more.</returns>
    (double First, double Second)? EndReading();
}

/// <summary>Mean and population standard deviation, in double precision (T. F. Chan et al., 1983).</summary>
internal sealed class MomentsAccumulator : IAccumulator
{
    private long _count;
    private double _mean;
    private double _squares;

    public void Add(ReadOnlySpan<float> values)
    {
        if (values.IsEmpty)
        {
            return;
        }

        double sum = 0;
        foreach (var value in values)
        {
            sum += value;
        }

        var mean = sum / values.Length;
        double squares = 0;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        var (difference, count) = (mean - _mean, _count + values.Length);
        _squares += squares + (difference * difference * _count * values.Length / count);
        _mean += difference * values.Length / count;
        _count = count;
    }

    public (double First, double Second)? EndReading() => (_mean, Math.Sqrt(_squares / Math.Max(1, _count)));
}
