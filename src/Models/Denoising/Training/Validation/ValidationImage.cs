namespace InferenceBridge.Models.Training;

/// <summary>One plane to validate with.</summary>
/// <param name="Name">Where it comes from.</param>
/// <param name="Domain">Its intensities.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Input">The network's input: channels of height × width, in the domain.</param>
/// <param name="Clean">What the result is compared with, in its own unit; null where nothing is clean.</param>
internal sealed record ValidationImage(string Name, StabilisedDomain Domain, int Height, int Width, float[][] Input, float[]? Clean)
{
    /// <summary>Planes of a field, none larger than a side: the middle of what is.</summary>
    public static IEnumerable<ValidationImage> Of(DenoisingField field, int channels, int largestSide) =>
        field.Images.Series.SelectMany((series, s) => series.Select((_, p) =>
        {
            var (height, width) = (field.Images.Height, field.Images.Width);
            var (rows, columns) = (Math.Min(height, largestSide), Math.Min(width, largestSide));
            float[] Middle(float[] plane) => Cut(plane, width, (height - rows) / 2, (width - columns) / 2, rows, columns);
            return new ValidationImage(field.Images.Name, field.Domain, rows, columns,
                Array.ConvertAll(PlaneWindow.At(series, p, channels), Middle),
                field.Clean is { } clean ? Middle(clean.Series[s][p]) : null);
        }));

    /// <summary>A part of a plane.</summary>
    public static float[] Cut(float[] plane, int stride, int top, int left, int rows, int columns)
    {
        if (rows * columns == plane.Length)
        {
            return plane;
        }

        var part = new float[rows * columns];
        for (var row = 0; row < rows; row++)
        {
            plane.AsSpan(((top + row) * stride) + left, columns).CopyTo(part.AsSpan(row * columns));
        }

        return part;
    }
}
