using System.Numerics.Tensors;

namespace InferenceBridge.Models;

/// <summary>How much a score scatters by the noise of the camera, by the pixels of one frame.</summary>
internal static class ScoreNoise
{
    /// <summary>
    /// Standard deviation of a metric of a frame that shows nothing but white noise as strong as that of this frame. The noise is taken from second
    /// differences along the diagonals (Immerkær 1996, Comput. Vis. Image Underst. 64:300), where optics pass next to nothing; sharp structure that they do
    /// pass makes it larger. Shot noise of bright structure is not known of: scores in focus scatter some times as much.
    /// </summary>
    /// <param name="metric">The metric.</param>
    /// <param name="plane">Pixels, X fastest, finite.</param>
    /// <param name="width">Columns.</param>
    /// <param name="normalisedVariance">The frame's <see cref="FocusMetric.NormalisedVariance"/>, which tells what scores are divided by.</param>
    /// <returns>In the score's unit; NaN where it cannot be told.</returns>
    public static double Deviation(FocusMetric metric, ReadOnlySpan<float> plane, int width, double normalisedVariance)
    {
        var height = plane.Length / width;
        if (width < 2 || height < 2 || Factor(metric) is not { } factor || !(normalisedVariance > 0))
        {
            return double.NaN;
        }

        var deviation = (double)TensorPrimitives.StdDev(plane);
        var (rows, columns, squares) = (new float[width], new float[width - 1], 0.0);
        for (var y = 0; y < height - 1; y++)
        {
            TensorPrimitives.Subtract(plane.Slice(y * width, width), plane.Slice((y + 1) * width, width), rows);
            TensorPrimitives.Subtract(rows.AsSpan(1), rows.AsSpan(0, width - 1), columns);
            squares += TensorPrimitives.SumOfSquares<float>(columns);
        }

        // Each difference is of four pixels.
        var variance = squares / (4.0 * (height - 1) * (width - 1));
        return factor * variance * normalisedVariance / (deviation * deviation) / Math.Sqrt(plane.Length);
    }

    /// <summary>
    /// What the frame's edges add to Vollath's F4: (h(1)² − h(last)²) / 2 of every row and column, with h the pixels less their mean, is left of the sum when it
    /// is written as differences of squared differences. It may be above or below 0, changes over the whole range of travel, and tells nothing of the focus.
    /// </summary>
    /// <param name="plane">Pixels, X fastest, finite.</param>
    /// <param name="width">Columns.</param>
    /// <param name="normalisedVariance">The frame's <see cref="FocusMetric.NormalisedVariance"/>, which tells what scores are divided by.</param>
    /// <returns>In the score's unit; 0 for planes of fewer than 3 rows or columns.</returns>
    public static double EdgesOfVollath(ReadOnlySpan<float> plane, int width, double normalisedVariance)
    {
        var height = plane.Length / width;
        var deviation = (double)TensorPrimitives.StdDev(plane);
        if (width < 3 || height < 3 || !(deviation > 0))
        {
            return 0;
        }

        var (sum, mean) = (0.0, (double)TensorPrimitives.Average(plane));
        for (var y = 0; y < height; y++)
        {
            sum += Square(plane[(y * width) + 1] - mean) - Square(plane[(y * width) + width - 1] - mean);
        }

        for (var x = 0; x < width; x++)
        {
            sum += Square(plane[width + x] - mean) - Square(plane[((height - 1) * width) + x] - mean);
        }

        var pairs = ((double)height * (width - 2)) + ((double)width * (height - 2));
        return sum / 2 / pairs * normalisedVariance / (deviation * deviation);
    }

    private static double Square(double value) => value * value;

    // Deviation of the metric of white noise of variance 1 and brightness 1, times the root of the number of pixels: measured; the entropy has no such scale.
    private static double? Factor(FocusMetric metric) => metric switch
    {
        FocusMetric.Brenner => 3.2,
        FocusMetric.Tenengrad => 46,
        FocusMetric.VarianceOfLaplacian => 38,
        FocusMetric.NormalisedVariance => 1.4,
        FocusMetric.VollathF4 => 1,
        FocusMetric.MidbandPower => 2,
        _ => null,
    };
}
