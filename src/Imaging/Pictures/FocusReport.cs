namespace InferenceBridge.Imaging;

/// <summary>One picture that tells how sharp the planes of a focal stack are.</summary>
public static class FocusReport
{
    private const int Gap = 16;
    private const int Width = 1040;
    private const int ImageSide = 440;
    private const int TextRows = 24;
    private const int PlotRows = 220;
    private const int Scale = 2;
    private const int Swatch = 18;
    private const double LowPercent = 0.5;
    private const double HighPercent = 99.8;
    private const int Intervals = 10;

    /// <summary>Draws the best plane, from its percentile 0.5 to 99.8, beside lines of text in the curves' colours; below them the curves.</summary>
    /// <param name="title">What was scored.</param>
    /// <param name="best">The best plane.</param>
    /// <param name="lines">Text with the colour that it explains.</param>
    /// <param name="panels">From the top.</param>
    /// <param name="axis">What the common axis counts.</param>
    public static Picture Create(string title, ReportImage best, IReadOnlyList<(string Text, TraceColour Colour)> lines, IReadOnlyList<LinePanel> panels, string axis)
    {
        ArgumentNullException.ThrowIfNull(best);
        var image = Draw(best);
        var top = Gap + TextRows + TextRows;
        var below = top + Math.Max(image.Height, lines.Count * TextRows) + Gap;
        const int PanelRows = LinePlot.CaptionRows + PlotRows + Gap;
        var picture = new Picture(Width, below + (panels.Count * PanelRows) + TextRows, 3);
        Text(picture, Gap, Gap, title, Width - (2 * Gap), byte.MaxValue);
        Text(picture, Gap, Gap + TextRows, best.Caption, ImageSide, 200);
        picture.Draw(image, Gap, top);
        var left = (2 * Gap) + ImageSide;
        for (var i = 0; i < lines.Count; i++)
        {
            picture.Fill(left, top + (i * TextRows) + (BitmapFont.Rows * Scale / 2) - 1, Swatch, 3, lines[i].Colour.Rgb());
            Text(picture, left + Swatch + 8, top + (i * TextRows), lines[i].Text, Width - Gap - left - Swatch - 8, 220);
        }

        var all = panels.SelectMany(panel => panel.Traces).SelectMany(trace => trace.Points).Select(point => point.X).DefaultIfEmpty(0).ToArray();
        var places = ValueAxis.Spanning(all.Min(), all.Max(), Intervals);
        for (var i = 0; i < panels.Count; i++)
        {
            LinePlot.Draw(picture, panels[i], Gap, below + (i * PanelRows), Width - (2 * Gap), PlotRows, places);
        }

        Axis(picture, places, below + (panels.Count * PanelRows) - Gap + 6, axis);
        return picture;
    }

    private static Picture Draw(ReportImage image)
    {
        var contrast = ContrastStretch.Of(image.Values, LowPercent, HighPercent);
        var largest = Math.Max(image.Width, image.Height);
        var zoom = 2 * largest <= ImageSide ? ImageSide / largest : 1;
        int Fitted(int size) => zoom > 1 ? size : Math.Max(1, (int)Math.Round((double)size * ImageSide / largest));
        var mix = new ChannelMix(Fitted(image.Width), Fitted(image.Height), 1);
        mix.Add(new FloatImage(image.Width, image.Height, image.Values), contrast, 0);
        return mix.ToPicture(zoom);
    }

    private static void Axis(Picture picture, ValueAxis places, int top, string name)
    {
        const int Left = Gap + LinePlot.Margin;
        var nameLeft = Width - Gap - BitmapFont.Width(name, Scale);
        foreach (var mark in places.Marks)
        {
            var text = places.Text(mark);
            var centre = Left + (int)Math.Round((Width - Gap - Left - 1) * places.Part(mark));
            var left = centre - (BitmapFont.Width(text, Scale) / 2);
            if (left + BitmapFont.Width(text, Scale) < nameLeft - 8)
            {
                BitmapFont.Draw(picture, left, top, text, Scale, 200);
            }
        }

        BitmapFont.Draw(picture, nameLeft, top, name, Scale, 200);
    }

    private static void Text(Picture picture, int left, int top, string text, int width, byte level) =>
        BitmapFont.Draw(picture, left, top, BitmapFont.Fit(text, Scale, width), Scale, level);
}
