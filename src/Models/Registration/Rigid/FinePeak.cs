namespace InferenceBridge.Models;

/// <summary>The highest point of a finely sampled neighbourhood.</summary>
internal static class FinePeak
{
    /// <summary>Where it lies from the middle, in px, between the samples by a parabola along each axis.</summary>
    /// <param name="values">(z, y, x), with the middle at the middle sample.</param>
    /// <param name="sizes">Samples along z, y and x; odd.</param>
    /// <param name="perPixel">Samples in one px.</param>
    public static Displacement Of(double[] values, int[] sizes, int perPixel)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
        {
            best = values[i] > values[best] ? i : best;
        }

        var (rest, x) = Math.DivRem(best, sizes[2]);
        var (z, y) = Math.DivRem(rest, sizes[1]);
        double Along(int position, int size, int step)
        {
            var between = position > 0 && position + 1 < size ? Vertex(values[best - step], values[best], values[best + step]) : 0;
            return (position - (size / 2) + between) / perPixel;
        }

        return new Displacement(Along(z, sizes[0], sizes[1] * sizes[2]), Along(y, sizes[1], sizes[2]), Along(x, sizes[2], 1));
    }

    internal static double Vertex(double before, double at, double after)
    {
        var curvature = before - (2 * at) + after;
        return curvature < 0 ? Math.Clamp(0.5 * (before - after) / curvature, -0.5, 0.5) : 0;
    }
}
