namespace InferenceBridge.Imaging;

/// <summary>Takes intensities to 0 to 1 so that the given percentiles become black and white.</summary>
internal readonly record struct ContrastStretch(float Black, float White)
{
    /// <summary>Finds black and white over the finite values of an image.</summary>
    internal static ContrastStretch Of(ReadOnlySpan<float> values, double lowPercent, double highPercent)
    {
        var finite = new float[values.Length];
        var count = 0;
        foreach (var value in values)
        {
            if (float.IsFinite(value))
            {
                finite[count++] = value;
            }
        }

        if (count == 0)
        {
            return default;
        }

        var used = finite.AsSpan(0, count);
        var black = Selection.Nth(used, Rank(lowPercent, count));
        var white = Selection.Nth(used, Rank(highPercent, count));

        // Few bright spots on an even ground lie beyond any percentile: then everything above the ground shows.
        return white > black ? new ContrastStretch(black, white) : new ContrastStretch(black, System.Numerics.Tensors.TensorPrimitives.Max<float>(used));
    }

    /// <summary>0 to 1; also for infinite values, and 0 where the image is even.</summary>
    internal float Apply(float value)
    {
        if (!(value > Black))
        {
            return 0;
        }

        return value >= White ? 1 : (float)(((double)value - Black) / ((double)White - Black));
    }

    private static int Rank(double percent, int count) => (int)Math.Round(percent / 100 * (count - 1));
}
