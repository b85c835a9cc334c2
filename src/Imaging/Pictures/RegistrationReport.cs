namespace InferenceBridge.Imaging;

/// <summary>One picture that tells what a registration did.</summary>
public static class RegistrationReport
{
    private const int Gap = 16;
    private const int ImageSide = 480;
    private const int Width = (2 * ImageSide) + (3 * Gap);
    private const int TextRows = 24;
    private const int PlotRows = 160;
    private const int Scale = 2;
    private const double LowPercent = 0.5;
    private const double HighPercent = 99.8;

    /// <summary>
    /// Draws the mean of the movie before and after side by side, in the same contrast, from the percentile 0.5 to 99.8 of both; below them
    /// the traces over the frames.
    /// </summary>
    /// <param name="title">What was done to which file.</param>
    /// <param name="before">Mean of the movie.</param>
    /// <param name="after">Mean of the result; it may be smaller.</param>
    /// <param name="panels">From the top.</param>
    public static Picture Create(string title, ReportImage before, ReportImage after, IReadOnlyList<TracePanel> panels)
    {
        var contrast = ContrastStretch.Of([.. before.Values, .. after.Values], LowPercent, HighPercent);
        var (left, right) = (Draw(before, contrast), Draw(after, contrast));
        var top = Gap + TextRows + TextRows;
        var below = top + Math.Max(left.Height, right.Height) + Gap;
        const int PanelRows = TracePlot.CaptionRows + PlotRows + Gap;
        var picture = new Picture(Width, below + (panels.Count * PanelRows) + TextRows, 3);
        Text(picture, Gap, Gap, title, Width - (2 * Gap), byte.MaxValue);
        Text(picture, Gap, Gap + TextRows, before.Caption, ImageSide, 200);
        Text(picture, (2 * Gap) + ImageSide, Gap + TextRows, after.Caption, ImageSide, 200);
        picture.Draw(left, Gap, top);
        picture.Draw(right, (2 * Gap) + ImageSide, top);
        var last = panels.SelectMany(panel => panel.Traces).Select(trace => trace.LastFrame).DefaultIfEmpty(0).Max();
        var frames = ValueAxis.Between(0, Math.Max(0, last), 8);
        for (var i = 0; i < panels.Count; i++)
        {
            TracePlot.Draw(picture, panels[i], Gap, below + (i * PanelRows), Width - (2 * Gap), PlotRows, frames);
        }

        if (panels.Count > 0)
        {
            FrameAxis(picture, frames, below + (panels.Count * PanelRows) - Gap + 6);
        }

        return picture;
    }

    private static Picture Draw(ReportImage image, ContrastStretch contrast)
    {
        // Small images grow by a whole factor, so that their pixels show; others fill the space.
        var largest = Math.Max(image.Width, image.Height);
        var zoom = 2 * largest <= ImageSide ? ImageSide / largest : 1;
        int Fitted(int size) => zoom > 1 ? size : Math.Max(1, (int)Math.Round((double)size * ImageSide / largest));
        var mix = new ChannelMix(Fitted(image.Width), Fitted(image.Height), 1);
        mix.Add(new FloatImage(image.Width, image.Height, image.Values), contrast, 0);
        return mix.ToPicture(zoom);
    }

    private static void FrameAxis(Picture picture, ValueAxis frames, int top)
    {
        const int Left = Gap + TracePlot.Margin;
        const string Name = "frame";
        var nameLeft = Width - Gap - BitmapFont.Width(Name, Scale);
        foreach (var mark in frames.Marks)
        {
            var text = frames.Text(mark);
            var centre = Left + (int)Math.Round((Width - Gap - Left - 1) * frames.Part(mark));
            var left = centre - (BitmapFont.Width(text, Scale) / 2);
            if (left + BitmapFont.Width(text, Scale) < nameLeft - 8)
            {
                BitmapFont.Draw(picture, left, top, text, Scale, 200);
            }
        }

        BitmapFont.Draw(picture, nameLeft, top, Name, Scale, 200);
    }

    private static void Text(Picture picture, int left, int top, string text, int width, byte level) =>
        BitmapFont.Draw(picture, left, top, BitmapFont.Fit(text, Scale, width), Scale, level);
}
