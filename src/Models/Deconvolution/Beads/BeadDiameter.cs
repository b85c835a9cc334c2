using InferenceBridge.Imaging;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>Takes the bead's own size out of its image: a regularised division by the transform of a ball.</summary>
internal static class BeadDiameter
{
    // Where the ball passes less than a twentieth of a frequency, noise would be lifted more than the point-spread function.
    private const double Regularisation = 0.0025;

    /// <param name="average">Image of the bead, X fastest.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="diameter">The ball's diameter in voxels along z, y and x.</param>
    /// <returns>Image of a point, of the same sum.</returns>
    public static double[] Remove(double[] average, VolumeShape shape, Position diameter)
    {
        using var scope = NewDisposeScope();
        var image = tensor(Array.ConvertAll(average, value => (float)value), [shape.Depth, shape.Height, shape.Width]);
        var spectrum = fft.rfftn(image, dim: [0, 1, 2]);
        var filter = tensor(Filter(shape, diameter), [shape.Depth, shape.Height, (shape.Width / 2) + 1]);
        var restored = fft.irfftn(spectrum.mul(filter), [shape.Depth, shape.Height, shape.Width], [0, 1, 2]);
        return [.. restored.data<float>().ToArray().Select(value => (double)value)];
    }

    private static float[] Filter(VolumeShape shape, Position diameter)
    {
        var columns = (shape.Width / 2) + 1;
        var filter = new float[shape.Depth * shape.Height * columns];
        for (var i = 0; i < filter.Length; i++)
        {
            var (row, x) = Math.DivRem(i, columns);
            var (z, y) = Math.DivRem(row, shape.Height);
            var ball = Ball(
                Frequency(z, shape.Depth) * diameter.Z, Frequency(y, shape.Height) * diameter.Y, Frequency(x, shape.Width) * diameter.X);
            filter[i] = (float)(ball * (1 + Regularisation) / ((ball * ball) + Regularisation));
        }

        return filter;
    }

    private static double Frequency(int i, int size) => (double)(i <= size / 2 ? i : i - size) / size;

    /// <summary>Transform of a ball of diameter 1 and volume 1: 3 (sin q − q cos q)/q³ with q = π f.</summary>
    private static double Ball(double z, double y, double x)
    {
        var q = Math.PI * Math.Sqrt((z * z) + (y * y) + (x * x));
        return q < 1e-3 ? 1 - (q * q / 10) : 3 * (Math.Sin(q) - (q * Math.Cos(q))) / (q * q * q);
    }
}
