namespace InferenceBridge.Models.Training;

/// <summary>The half of an image that has structure to go by: that with the higher energy of the gradient.</summary>
internal static class TexturedHalf
{
    /// <summary>For each pixel, whether its gradient is at least as strong as the median.</summary>
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

        var sorted = energy.ToArray();
        Array.Sort(sorted);
        return Array.ConvertAll(energy, value => value >= sorted[sorted.Length / 2]);
    }
}
