namespace InferenceBridge.Imaging;

/// <summary>Curves of intensities along a line, each from its own smallest to its own largest value.</summary>
internal static class LineProfile
{
    private const byte Frame = 90;

    /// <summary>Draws curves one over the other.</summary>
    /// <param name="picture">Where to draw.</param>
    /// <param name="left">Left column of the box.</param>
    /// <param name="top">Top row of the box.</param>
    /// <param name="width">Columns, at least 2.</param>
    /// <param name="height">Rows, at least 2.</param>
    /// <param name="curves">Values from left to right, and the level of grey of each curve.</param>
    internal static void Draw(Picture picture, int left, int top, int width, int height, params (float[] Values, byte Level)[] curves)
    {
        picture.Fill(left, top, width, 1, Frame);
        picture.Fill(left, top + height - 1, width, 1, Frame);
        picture.Fill(left, top, 1, height, Frame);
        picture.Fill(left + width - 1, top, 1, height, Frame);
        foreach (var (values, level) in curves)
        {
            var finite = values.Where(float.IsFinite).DefaultIfEmpty(0).ToArray();
            var (low, high) = (finite.Min(), finite.Max());
            int? last = null;
            for (var column = 0; column < width; column++)
            {
                var value = Interpolated(values, (double)column / (width - 1) * (values.Length - 1));
                var part = high > low && double.IsFinite(value) ? (value - low) / ((double)high - low) : 0;
                var row = (int)Math.Round((1 - part) * (height - 1));
                var (first, end) = (Math.Min(row, last ?? row), Math.Max(row, last ?? row));
                picture.Fill(left + column, top + first, 1, end - first + 1, level);
                last = row;
            }
        }
    }

    private static double Interpolated(float[] values, double position)
    {
        var lower = (int)position;
        var upper = Math.Min(lower + 1, values.Length - 1);
        return values[lower] + ((position - lower) * ((double)values[upper] - values[lower]));
    }
}
