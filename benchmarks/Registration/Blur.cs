namespace InferenceBridge.Benchmarks.Registration;

/// <summary>A Gaussian of σ = 2 px along both axes; beyond the image, its nearest pixel.</summary>
internal static class Blur
{
    private const double Sigma = 2;
    private const int Radius = 8;

    private static readonly double[] Weights = Kernel();

    /// <param name="values">X fastest.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    public static double[] Of(double[] values, int height, int width)
    {
        var along = Along(values.Length, i => (values, i / width * width, i % width, 1, width));
        return Along(values.Length, i => (along, i % width, i / width, width, height));
    }

    private static double[] Along(int count, Func<int, (double[] Values, int First, int At, int Stride, int Size)> line)
    {
        var result = new double[count];
        Parallel.For(0, count, i =>
        {
            var (values, first, at, stride, size) = line(i);
            for (var k = -Radius; k <= Radius; k++)
            {
                result[i] += Weights[k + Radius] * values[first + (Math.Clamp(at + k, 0, size - 1) * stride)];
            }
        });
        return result;
    }

    private static double[] Kernel()
    {
        var weights = Enumerable.Range(-Radius, (2 * Radius) + 1).Select(i => Math.Exp(-0.5 * i * i / (Sigma * Sigma))).ToArray();
        return Array.ConvertAll(weights, weight => weight / weights.Sum());
    }
}
