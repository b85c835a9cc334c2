namespace InferenceBridge.Models.Training;

/// <summary>Where two planes show the same: 1, and 0 where their difference, averaged over 7 × 7 pixels, is more than noise explains.</summary>
internal static class MotionMask
{
    private const int Reach = 3;
    private const int Window = (2 * Reach) + 1;
    private const double Limit = 3;
    private const double NormalQuartile = 0.6744897501960817;

    /// <summary>Compares planes of a stabilised image.</summary>
    public static float[] Create(float[] first, float[] second, int height, int width)
    {
        var difference = new float[first.Length];
        for (var i = 0; i < first.Length; i++)
        {
            difference[i] = second[i] - first[i];
        }

        // A lamp that flickers moves nothing.
        var shift = Median(difference);
        for (var i = 0; i < difference.Length; i++)
        {
            difference[i] -= shift;
        }

        var mean = BoxMean(difference, height, width);

        // The noise's own spread of such means where pixels are independent; more, yet not without bound, where they are not, which the
        // image tells as long as most of it rests.
        var noise = Math.Sqrt(2) / StabilisedDomain.Scale / Window;
        var measured = Median(Array.ConvertAll(mean, Math.Abs)) / NormalQuartile;
        var limit = Limit * Math.Clamp(measured, noise, 3 * noise);
        return Array.ConvertAll(mean, value => Math.Abs(value) > limit ? 0f : 1f);
    }

    private static float Median(float[] values)
    {
        var sorted = (float[])values.Clone();
        Array.Sort(sorted);
        return sorted[sorted.Length / 2];
    }

    private static float[] BoxMean(float[] values, int height, int width)
    {
        var rows = new float[values.Length];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (first, end) = (Math.Max(0, x - Reach), Math.Min(width, x + Reach + 1));
                var sum = 0f;
                for (var i = first; i < end; i++)
                {
                    sum += values[(y * width) + i];
                }

                rows[(y * width) + x] = sum / (end - first);
            }
        }

        var mean = new float[values.Length];
        for (var y = 0; y < height; y++)
        {
            var (first, end) = (Math.Max(0, y - Reach), Math.Min(height, y + Reach + 1));
            for (var x = 0; x < width; x++)
            {
                var sum = 0f;
                for (var i = first; i < end; i++)
                {
                    sum += rows[(i * width) + x];
                }

                mean[(y * width) + x] = sum / (end - first);
            }
        }

        return mean;
    }
}
