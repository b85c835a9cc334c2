namespace InferenceBridge.Imaging;

/// <summary>A 2-D image of float32 values, X fastest.</summary>
internal sealed class FloatImage(int width, int height, float[] values)
{
    internal int Width => width;

    internal int Height => height;

    internal float[] Values => values;

    /// <summary>Resamples to other sizes: linearly where an axis grows, by the mean of what falls together where it shrinks.</summary>
    internal FloatImage Resize(int newWidth, int newHeight)
    {
        var alongX = ResampledAxis.Create(width, newWidth);
        var alongY = ResampledAxis.Create(height, newHeight);
        var narrow = new float[checked((long)newWidth * height)];
        for (var row = 0; row < height; row++)
        {
            for (var column = 0; column < newWidth; column++)
            {
                narrow[(row * newWidth) + column] = alongX[column].Sum(values, row * width, 1);
            }
        }

        var resized = new float[checked((long)newWidth * newHeight)];
        for (var row = 0; row < newHeight; row++)
        {
            for (var column = 0; column < newWidth; column++)
            {
                resized[(row * newWidth) + column] = alongY[row].Sum(narrow, column, newWidth);
            }
        }

        return new FloatImage(newWidth, newHeight, resized);
    }
}
