namespace InferenceBridge.Imaging;

/// <summary>What the pictures of reports share: text that fits, images that fit, and the axis below panels.</summary>
internal static class ReportDrawing
{
    /// <summary>Size of the text, in pixels for each of a letter's.</summary>
    internal const int Scale = 2;

    /// <summary>Contrast of a report's images: from this percentile of their values …</summary>
    internal const double LowPercent = 0.5;

    /// <summary>… to this one.</summary>
    internal const double HighPercent = 99.8;

    private const byte AxisLevel = 200;

    // Columns between the numbers of an axis and its name.
    private const int Space = 8;

    /// <summary>Writes text, which is cut to <paramref name="width"/> columns.</summary>
    internal static void Text(Picture picture, int left, int top, string text, int width, byte level) =>
        BitmapFont.Draw(picture, left, top, BitmapFont.Fit(text, Scale, width), Scale, level);

    /// <summary>Draws an image whose longer side takes at most <paramref name="side"/> pixels.</summary>
    internal static Picture Fitted(ReportImage image, ContrastStretch contrast, int side)
    {
        // Small images grow by a whole factor, so that their pixels show; others fill the space.
        var largest = Math.Max(image.Width, image.Height);
        var zoom = 2 * largest <= side ? side / largest : 1;
        int Size(int size) => zoom > 1 ? size : Math.Max(1, (int)Math.Round((double)size * side / largest));
        var mix = new ChannelMix(Size(image.Width), Size(image.Height), 1);
        mix.Add(new FloatImage(image.Width, image.Height, image.Values), contrast, 0);
        return mix.ToPicture(zoom);
    }

    /// <summary>Writes the numbers of an axis, and its name at the right, where no number is then written.</summary>
    /// <param name="picture">Where to draw.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="left">Column of its low end.</param>
    /// <param name="right">Column behind its high end.</param>
    /// <param name="top">Top row.</param>
    /// <param name="name">What it counts.</param>
    internal static void Axis(Picture picture, ValueAxis axis, int left, int right, int top, string name)
    {
        var nameLeft = right - BitmapFont.Width(name, Scale);
        foreach (var mark in axis.Marks)
        {
            var text = axis.Text(mark);
            var width = BitmapFont.Width(text, Scale);
            var start = left + (int)Math.Round((right - left - 1) * axis.Part(mark)) - (width / 2);
            if (start + width < nameLeft - Space)
            {
                BitmapFont.Draw(picture, start, top, text, Scale, AxisLevel);
            }
        }

        BitmapFont.Draw(picture, nameLeft, top, name, Scale, AxisLevel);
    }
}
