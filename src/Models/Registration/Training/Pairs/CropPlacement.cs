using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Training;

/// <summary>Where in an image a crop lies: turned, mirrored and magnified about its middle.</summary>
/// <param name="OriginY">Where pixel (0, 0) of the crop lies, in px of the image; likewise x.</param>
/// <param name="OriginX">See there.</param>
/// <param name="YPerRow">By how much y grows from row to row of the crop; likewise the others.</param>
/// <param name="XPerRow">See there.</param>
/// <param name="YPerColumn">See there.</param>
/// <param name="XPerColumn">See there.</param>
internal readonly record struct CropPlacement(
    double OriginY, double OriginX, double YPerRow, double XPerRow, double YPerColumn, double XPerColumn)
{
    // Every second crop is not magnified, so that pixels are copied and not interpolated where nothing else moves them.
    private const double PlainShare = 0.5;

    /// <summary>Where a position of the crop lies in the image.</summary>
    public (float Y, float X) Of(double y, double x) => (
        (float)(OriginY + (y * YPerRow) + (x * YPerColumn)), (float)(OriginX + (y * XPerRow) + (x * XPerColumn)));

    /// <summary>The middle of an image, as it is.</summary>
    public static CropPlacement Middle(int height, int width, int rows, int columns) =>
        new((height - rows) / 2, (width - columns) / 2, 1, 0, 0, 1);

    /// <summary>A random place, at which the crop lies in the image.</summary>
    /// <param name="height">Rows of the image, at least <paramref name="size"/>.</param>
    /// <param name="width">Columns of the image, at least <paramref name="size"/>.</param>
    /// <param name="size">Rows and columns of the crop.</param>
    /// <param name="smallest">Least magnification; at the least that which lets the crop fit.</param>
    /// <param name="largest">Largest magnification.</param>
    /// <param name="random">Random numbers.</param>
    public static CropPlacement Draw(int height, int width, int size, double smallest, double largest, SeededRandom random)
    {
        var isPlain = random.NextUniform() < PlainShare || smallest == largest;
        var drawn = Math.Exp(random.NextUniform(Math.Log(smallest), Math.Log(largest)));
        var step = isPlain ? 1 : Math.Min(1 / drawn, Math.Min(height - 1, width - 1) / Math.Max(1.0, size - 1));
        var bits = random.NextIndex(8);
        var (signY, signX) = ((bits & 1) != 0 ? -step : step, (bits & 2) != 0 ? -step : step);
        var extent = step * (size - 1);
        double Start(double length, double sign, double part)
        {
            var start = part * (length - 1 - extent);
            start = isPlain ? Math.Round(start) : start;
            return sign > 0 ? start : start + extent;
        }

        var (originY, originX) = (Start(height, signY, random.NextUniform()), Start(width, signX, random.NextUniform()));
        return (bits & 4) != 0
            ? new CropPlacement(originY, originX, 0, signX, signY, 0)
            : new CropPlacement(originY, originX, signY, 0, 0, signX);
    }
}
