namespace InferenceBridge.Models.Training;

/// <summary>A clean image that pairs are made from.</summary>
/// <param name="Name">Where it comes from, for messages.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Light">X fastest; nearly the darkest value is 0, nearly the brightest 1.</param>
internal sealed record CleanImage(string Name, int Height, int Width, float[] Light)
{
    /// <summary>The same with means of squares of pixels for pixels: a denser specimen. Rows and columns that do not fill a square are left out.</summary>
    /// <param name="factor">Rows and columns of a square, 1 to the smaller side.</param>
    public CleanImage Binned(int factor)
    {
        if (factor == 1)
        {
            return this;
        }

        var (height, width) = (Height / factor, Width / factor);
        var light = new float[height * width];
        for (var y = 0; y < height * factor; y++)
        {
            for (var x = 0; x < width * factor; x++)
            {
                light[(y / factor * width) + (x / factor)] += Light[(y * Width) + x] / (factor * factor);
            }
        }

        return this with { Height = height, Width = width, Light = light };
    }
}
