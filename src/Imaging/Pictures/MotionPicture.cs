namespace InferenceBridge.Imaging;

/// <summary>
/// Images and fields of displacements side by side. The colour of a field is its direction, right red, down yellow-green, left cyan, up violet; its
/// strength is the length, full at the largest of all fields, which the captions tell.
/// </summary>
public static class MotionPicture
{
    private const int Gap = 8;
    private const int Top = 32;

    /// <summary>Draws them.</summary>
    /// <param name="images">From left to right, at least one, of the fields' size.</param>
    /// <param name="fields">To the right of the images.</param>
    /// <param name="cancellation">Stops between planes.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Picture Create(IReadOnlyList<PicturePanel> images, IReadOnlyList<MotionPanel> fields, CancellationToken cancellation = default)
    {
        var grey = BeforeAfterPicture.Create(images, cancellation: cancellation);
        var longest = fields.Count == 0 ? 0 : fields.Max(Longest);
        var panels = fields.Select(field => Enlarged(Colours(field, longest))).ToArray();
        var picture = new Picture(
            grey.Width + panels.Sum(panel => panel.Width + Gap), Math.Max(grey.Height, Top + Gap + panels.Select(panel => panel.Height).DefaultIfEmpty().Max()), 3);
        picture.Draw(grey, 0, 0);
        var left = grey.Width;
        foreach (var (field, panel) in fields.Zip(panels))
        {
            var caption = FormattableString.Invariant($"{field.Caption}, full at {longest:0.0} px");
            var scale = BitmapFont.Width(caption, 2) <= panel.Width ? 2 : 1;
            BitmapFont.Draw(picture, left, Gap + ((Top - Gap - (BitmapFont.Rows * scale)) / 2), BitmapFont.Fit(caption, scale, panel.Width), scale, byte.MaxValue);
            picture.Draw(panel, left, Top);
            left += panel.Width + Gap;
        }

        return picture;
    }

    /// <summary>A field in colours.</summary>
    internal static Picture Colours(MotionPanel field, double longest)
    {
        var picture = new Picture(field.Width, field.Height, 3);
        for (var i = 0; i < field.Y.Length; i++)
        {
            var (y, x) = (field.Y[i], field.X[i]);
            var strength = longest > 0 ? Math.Min(1, Math.Sqrt((y * y) + (x * x)) / longest) : 0;
            var hue = Math.Atan2(y, x) / (Math.PI / 3);
            for (var channel = 0; channel < 3; channel++)
            {
                // HSV at full value: far from its own hue, a colour's channel falls to 1 − strength.
                var distance = Math.Abs(Wrap(hue - (2 * channel)));
                var share = Math.Clamp(2 - distance, 0, 1);
                picture.Pixels[(3 * i) + channel] = (byte)Math.Round(255 * (1 - (strength * (1 - share))));
            }
        }

        return picture;
    }

    // As BeforeAfterPicture does with small images.
    private static Picture Enlarged(Picture picture)
    {
        var side = Math.Max(picture.Width, picture.Height);
        var zoom = (new PictureOptions().MinimumSide + side - 1) / side;
        return zoom > 1 ? picture.Enlarge(zoom) : picture;
    }

    private static double Wrap(double hue) => hue - (6 * Math.Round(hue / 6));

    private static double Longest(MotionPanel field)
    {
        var longest = 0d;
        for (var i = 0; i < field.Y.Length; i++)
        {
            longest = Math.Max(longest, ((double)field.Y[i] * field.Y[i]) + ((double)field.X[i] * field.X[i]));
        }

        return Math.Sqrt(longest);
    }
}
