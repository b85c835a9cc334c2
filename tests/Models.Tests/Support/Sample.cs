using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Tests;

/// <summary>Images from formulas in whole numbers, the same as in Peers/make_values.py.</summary>
internal static class Sample
{
    public static double[,,] Image(int depth, int height, int width) => Fill(depth, height, width, (z, y, x) =>
        100 + (((z * 73) + (y * 37) + (x * 101) + (x * y % 17 * 13) + (z * x % 11 * 7) + (y * y * x % 23 * 5)) % 64)
        + (200 * (((y / 5) + (x / 7) + (z / 3)) % 2)));

    public static double[,,] Bordered(int depth, int height, int width, int z, int y, int x)
    {
        var image = Image(depth, height, width);
        return Fill(depth, height, width, (k, j, i) =>
            k >= z && k < depth - z && j >= y && j < height - y && i >= x && i < width - x ? image[k, j, i] : 0);
    }

    public static double[,,] Psf(int depth, int height, int width)
    {
        var kernel = Fill(depth, height, width, (z, y, x) =>
            1 + (3 * (depth - Math.Abs(z - (depth / 2))) * (height - Math.Abs(y - (height / 2))) * (width - Math.Abs(x - (width / 2))))
            + ((z + (2 * y) + (3 * x)) % 5));
        var sum = kernel.Cast<double>().Sum();
        return Fill(depth, height, width, (z, y, x) => kernel[z, y, x] / sum);
    }

    public static double[,,] Fill(int depth, int height, int width, Func<int, int, int, double> value)
    {
        var image = new double[depth, height, width];
        for (var z = 0; z < depth; z++)
        {
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    image[z, y, x] = value(z, y, x);
                }
            }
        }

        return image;
    }

    public static VolumeShape ShapeOf(double[,,] image) => new(image.GetLength(0), image.GetLength(1), image.GetLength(2));

    public static MemoryVolume ToVolume(double[,,] image) => MemoryVolume.FromSingles(ToSingles(image), ShapeOf(image));

    public static float[] ToSingles(double[,,] image) => [.. image.Cast<double>().Select(value => (float)value)];
}
