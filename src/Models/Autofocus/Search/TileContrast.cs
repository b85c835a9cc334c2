namespace InferenceBridge.Models;

/// <summary>
/// How surely one frame is sharper than another, by the scores of their tiles: noise is another in every tile, and defocus blurs all that show something. So a
/// pair of frames tells its own noise, whatever the camera, the metric and the light are.
/// </summary>
internal static class TileContrast
{
    /// <summary>Tiles that are kept of a frame at most; more are put together.</summary>
    public const int Most = 256;

    // Fewer tiles do not tell their scatter.
    private const int Least = 8;

    /// <summary>Puts tiles together where there are more than <see cref="Most"/>.</summary>
    /// <param name="scores">Score of each tile, rows first; finite.</param>
    public static float[] Pooled(IReadOnlyList<float> scores)
    {
        var pooled = new float[Math.Min(scores.Count, Most)];
        for (var i = 0; i < scores.Count; i++)
        {
            pooled[i % pooled.Length] += scores[i];
        }

        return pooled;
    }

    /// <summary>Whether tiles of frames can be compared.</summary>
    public static bool Tells(float[]? tiles) => tiles is { Length: >= Least };

    /// <summary>
    /// The paired t-test over tiles (Student 1908), as the normal deviate of the same probability (Wallace 1959, Ann. Math. Stat. 30:1121): above 0 where the
    /// first frame is sharper, within ±2 in 95 of 100 cases where both are alike.
    /// </summary>
    /// <param name="sharper">Tiles of one frame.</param>
    /// <param name="other">As many of the other.</param>
    /// <returns>NaN where there are too few, or all are equal.</returns>
    public static double Deviate(float[]? sharper, float[]? other)
    {
        if (!Tells(sharper) || sharper!.Length != other?.Length)
        {
            return double.NaN;
        }

        var count = sharper.Length;
        var (sum, squares) = (0.0, 0.0);
        for (var i = 0; i < count; i++)
        {
            var difference = (double)sharper[i] - other[i];
            sum += difference;
            squares += difference * difference;
        }

        var (mean, freedom) = (sum / count, count - 1);
        var variance = (squares - (count * mean * mean)) / freedom;
        if (!(variance > 0))
        {
            return double.NaN;
        }

        var t = mean / Math.Sqrt(variance / count);
        return Math.Sign(t) * ((8.0 * freedom) + 1) / ((8.0 * freedom) + 3) * Math.Sqrt(freedom * Math.Log(1 + (t * t / freedom)));
    }
}
