namespace InferenceBridge.Models.Training;

/// <summary>A line through pairs of values.</summary>
/// <param name="Gain">Its slope; 0 where the first values are all equal.</param>
/// <param name="Offset">Its value at 0.</param>
internal sealed record LinearFit(double Gain, double Offset)
{
    /// <summary>The line that takes the first values closest to the second, by least squares. The planes have equal sizes.</summary>
    public static LinearFit Of(IEnumerable<float[]> first, IEnumerable<float[]> second)
    {
        var pairs = first.Zip(second).ToArray();
        var count = pairs.Sum(pair => (double)pair.First.Length);
        var meanX = pairs.Sum(pair => Sum(pair.First)) / count;
        var meanY = pairs.Sum(pair => Sum(pair.Second)) / count;
        var (xx, xy) = (0d, 0d);
        foreach (var (x, y) in pairs)
        {
            for (var i = 0; i < x.Length; i++)
            {
                xx += (x[i] - meanX) * (x[i] - meanX);
                xy += (x[i] - meanX) * (y[i] - meanY);
            }
        }

        var gain = xx > 0 ? xy / xx : 0;
        return new LinearFit(gain, meanY - (gain * meanX));
    }

    private static double Sum(float[] values)
    {
        var sum = 0d;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }
}
