namespace InferenceBridge.Models.Training;

/// <summary>The half of an image that has structure to go by: that with the higher energy of the gradient in its neighbourhood.</summary>
internal static class TexturedHalf
{
    private const double Sigma = 4;
    private const int Radius = 16;

    /// <summary>For each pixel, whether the squared gradient, smoothed by a Gaussian of σ = 4 px, is above its median.</summary>
    /// <param name="image">Height × width, X fastest, without noise.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    public static bool[] Of(ReadOnlySpan<float> image, int height, int width)
    {
        var energy = new double[height * width];
        for (var row = 0; row < height; row++)
        {
            for (var column = 0; column < width; column++)
            {
                // Central differences, at the faces one-sided ones.
                var (above, below) = (Math.Max(row - 1, 0), Math.Min(row + 1, height - 1));
                var (left, right) = (Math.Max(column - 1, 0), Math.Min(column + 1, width - 1));
                var y = (image[(below * width) + column] - image[(above * width) + column]) / Math.Max(1, below - above);
                var x = (image[(row * width) + right] - image[(row * width) + left]) / Math.Max(1, right - left);
                energy[(row * width) + column] = (y * y) + (x * x);
            }
        }

        var smooth = Smooth(Smooth(energy, height, width, width, 1), width, height, 1, width);
        var sorted = smooth.ToArray();
        Array.Sort(sorted);
        var (half, odd) = Math.DivRem(sorted.Length, 2);
        var median = odd == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        return Array.ConvertAll(smooth, value => value > median);
    }

    // Along one axis, mirrored at its ends.
    private static double[] Smooth(double[] values, int lines, int length, int lineStep, int step)
    {
        var weights = Enumerable.Range(-Radius, (2 * Radius) + 1).Select(i => Math.Exp(-0.5 * i * i / (Sigma * Sigma))).ToArray();
        var total = weights.Sum();
        var result = new double[values.Length];
        for (var line = 0; line < lines; line++)
        {
            for (var at = 0; at < length; at++)
            {
                var sum = 0d;
                for (var i = -Radius; i <= Radius; i++)
                {
                    var inside = (((at + i) % (2 * length)) + (2 * length)) % (2 * length);
                    inside = inside < length ? inside : (2 * length) - 1 - inside;
                    sum += weights[i + Radius] * values[(line * lineStep) + (inside * step)];
                }

                result[(line * lineStep) + (at * step)] = sum / total;
            }
        }

        return result;
    }
}
