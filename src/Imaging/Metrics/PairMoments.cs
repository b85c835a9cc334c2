using System.Numerics.Tensors;

namespace InferenceBridge.Imaging;

/// <summary>
/// Means, variances and covariance of pairs of values, gathered block by block with the update of Chan, Golub and LeVeque
/// (1983), which does not cancel where the mean is large against the spread.
/// </summary>
internal sealed class PairMoments
{
    private const int Block = 4096;

    private readonly double[] _dx = new double[Block];
    private readonly double[] _dy = new double[Block];
    private double _count;
    private double _meanX;
    private double _meanY;
    private double _xx;
    private double _xy;
    private double _yy;

    internal double MinimumY { get; private set; } = double.PositiveInfinity;

    internal double MaximumY { get; private set; } = double.NegativeInfinity;

    internal double MeanSquareY => (_yy / _count) + (_meanY * _meanY);

    internal void Add(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        while (!x.IsEmpty)
        {
            var count = Math.Min(Block, x.Length);
            AddBlock(x[..count], y[..count]);
            x = x[count..];
            y = y[count..];
        }
    }

    /// <summary>Gain and offset that take x closest to y.</summary>
    internal (double Gain, double Offset) Fit()
    {
        var gain = _xx > 0 ? _xy / _xx : 1;
        return (gain, _meanY - (gain * _meanX));
    }

    private void AddBlock(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var dx = _dx.AsSpan(0, x.Length);
        var dy = _dy.AsSpan(0, x.Length);
        var (meanX, meanY) = (TensorPrimitives.Sum(x) / x.Length, TensorPrimitives.Sum(y) / x.Length);
        TensorPrimitives.Subtract(x, meanX, dx);
        TensorPrimitives.Subtract(y, meanY, dy);
        var (towardsX, towardsY) = (meanX - _meanX, meanY - _meanY);
        var total = _count + x.Length;
        var weight = _count * x.Length / total;
        _xx += TensorPrimitives.Dot<double>(dx, dx) + (towardsX * towardsX * weight);
        _xy += TensorPrimitives.Dot<double>(dx, dy) + (towardsX * towardsY * weight);
        _yy += TensorPrimitives.Dot<double>(dy, dy) + (towardsY * towardsY * weight);
        _meanX += towardsX * x.Length / total;
        _meanY += towardsY * x.Length / total;
        _count = total;
        MinimumY = Math.Min(MinimumY, TensorPrimitives.Min(y));
        MaximumY = Math.Max(MaximumY, TensorPrimitives.Max(y));
    }
}
