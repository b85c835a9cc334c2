namespace InferenceBridge.Imaging;

/// <summary>A bar of a round length with its label, in the lower right corner of an image.</summary>
internal static class ScaleBar
{
    private const int Distance = 10;
    private const int Thickness = 4;

    /// <summary>Draws the bar on a part of a picture; nothing where there is no room.</summary>
    internal static void Draw(Picture picture, int left, int top, Picture part, double micrometresPerPixel)
    {
        var length = RoundLength(part.Width * micrometresPerPixel / 4);
        var pixels = (int)Math.Round(length / micrometresPerPixel);
        var label = Label(length);
        var scale = BitmapFont.Width(label, 2) + (2 * Distance) <= part.Width / 2 ? 2 : 1;
        var rows = (BitmapFont.Rows * scale) + Thickness + 4;
        var columns = Math.Max(pixels, BitmapFont.Width(label, scale));
        if (pixels < 1 || columns + Distance > part.Width || rows + Distance > part.Height)
        {
            return;
        }

        var right = left + part.Width - Distance;
        var bottom = top + part.Height - Distance;

        // A dark ground keeps the bar legible on bright structures.
        picture.Fill(right - columns - 3, bottom - rows - 3, columns + 6, rows + 6, 0);
        picture.Fill(right - ((columns + pixels) / 2), bottom - Thickness, pixels, Thickness, byte.MaxValue);
        BitmapFont.Draw(picture, right - ((columns + BitmapFont.Width(label, scale)) / 2), bottom - rows, label, scale, byte.MaxValue);
    }

    /// <summary>The largest of 1, 2 and 5 times a power of ten that is at most <paramref name="length"/>.</summary>
    internal static double RoundLength(double length)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(length)));
        var digit = length / power;
        return power * (digit >= 5 ? 5 : digit >= 2 ? 2 : 1);
    }

    internal static string Label(double micrometres) => micrometres switch
    {
        >= 1000 => FormattableString.Invariant($"{micrometres / 1000:0.###} mm"),
        >= 1 => FormattableString.Invariant($"{micrometres:0.###} µm"),
        _ => FormattableString.Invariant($"{micrometres * 1000:0.###} nm"),
    };
}
