using System.Numerics.Tensors;

namespace InferenceBridge.Imaging;

/// <summary>
/// Gathers <see cref="IntensityStatistics"/> from values as they stream by, in float64 with the update of Chan, Golub and
/// LeVeque (1983). NaN and infinities are left out and counted. Not safe for concurrent calls; use one for each thread and
/// <see cref="Merge"/> them.
/// </summary>
public sealed class StatisticsAccumulator
{
    // Small enough for the cache, large enough that the merge does not count.
    private const int Block = 2048;

    private readonly double[] _values = new double[Block];
    private double _mean;
    private double _squares;
    private double _minimum = double.PositiveInfinity;
    private double _maximum = double.NegativeInfinity;

    /// <summary>Finite values so far.</summary>
    public long Count { get; private set; }

    /// <summary>Values so far that were NaN or infinite.</summary>
    public long NonFiniteCount { get; private set; }

    /// <summary>Adds values, in any order and number.</summary>
    public void Add(ReadOnlySpan<float> values)
    {
        while (!values.IsEmpty)
        {
            var block = values[..Math.Min(Block, values.Length)];
            values = values[block.Length..];
            if (PixelConverter.FindNonFinite(block) < 0)
            {
                TensorPrimitives.ConvertTruncating(block, _values);
                AddBlock(_values.AsSpan(0, block.Length));
            }
            else
            {
                AddFinite(block);
            }
        }
    }

    /// <summary>Adds what another accumulator has gathered.</summary>
    public void Merge(StatisticsAccumulator other)
    {
        NonFiniteCount += other.NonFiniteCount;
        Combine(other.Count, other._mean, other._squares, other._minimum, other._maximum);
    }

    /// <summary>The statistics of all finite values so far; all 0 where there are none.</summary>
    /// <param name="noiseStandardDeviation">Standard deviation of the noise, from a <see cref="NoiseEstimator"/>; null if not estimated.</param>
    public IntensityStatistics ToStatistics(double? noiseStandardDeviation = null) => Count == 0
        ? new IntensityStatistics(0, 0, 0, 0, noiseStandardDeviation)
        : new IntensityStatistics(_minimum, _maximum, _mean, Math.Sqrt(_squares / Count), noiseStandardDeviation);

    private void AddFinite(ReadOnlySpan<float> block)
    {
        var count = 0;
        foreach (var value in block)
        {
            if (float.IsFinite(value))
            {
                _values[count++] = value;
            }
        }

        NonFiniteCount += block.Length - count;
        AddBlock(_values.AsSpan(0, count));
    }

    private void AddBlock(Span<double> values)
    {
        if (values.IsEmpty)
        {
            return;
        }

        var (minimum, maximum) = (TensorPrimitives.Min<double>(values), TensorPrimitives.Max<double>(values));
        var mean = TensorPrimitives.Sum<double>(values) / values.Length;
        TensorPrimitives.Subtract(values, mean, values);
        Combine(values.Length, mean, TensorPrimitives.SumOfSquares<double>(values), minimum, maximum);
    }

    private void Combine(long count, double mean, double squares, double minimum, double maximum)
    {
        if (count == 0)
        {
            return;
        }

        var total = Count + count;
        var towards = mean - _mean;
        _squares += squares + (towards * towards * ((double)Count * count / total));
        _mean += towards * count / total;
        _minimum = Math.Min(_minimum, minimum);
        _maximum = Math.Max(_maximum, maximum);
        Count = total;
    }
}
