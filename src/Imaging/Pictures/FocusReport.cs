namespace InferenceBridge.Imaging;

/// <summary>One picture that tells how sharp the planes of a focal stack are.</summary>
public static class FocusReport
{
    private const int Gap = 16;
    private const int Width = 1040;
    private const int ImageSide = 440;
    private const int TextRows = 24;
    private const int PlotRows = 220;
    private const int Swatch = 18;
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
        var image = ReportDrawing.Fitted(best, ContrastStretch.Of(best.Values, ReportDrawing.LowPercent, ReportDrawing.HighPercent), ImageSide);
        var top = Gap + TextRows + TextRows;
        var below = top + Math.Max(image.Height, lines.Count * TextRows) + Gap;
        const int PanelRows = PlotArea.CaptionRows + PlotRows + Gap;
        var picture = new Picture(Width, below + (panels.Count * PanelRows) + TextRows, 3);
        ReportDrawing.Text(picture, Gap, Gap, title, Width - (2 * Gap), byte.MaxValue);
        ReportDrawing.Text(picture, Gap, Gap + TextRows, best.Caption, ImageSide, 200);
        picture.Draw(image, Gap, top);
        var left = (2 * Gap) + ImageSide;
        for (var i = 0; i < lines.Count; i++)
        {
            picture.Fill(left, top + (i * TextRows) + (BitmapFont.Rows * ReportDrawing.Scale / 2) - 1, Swatch, 3, lines[i].Colour.Rgb());
            ReportDrawing.Text(picture, left + Swatch + 8, top + (i * TextRows), lines[i].Text, Width - Gap - left - Swatch - 8, 220);
        }

        var all = panels.SelectMany(panel => panel.Traces).SelectMany(trace => trace.Points).Select(point => point.X).DefaultIfEmpty(0).ToArray();
        var places = ValueAxis.Spanning(all.Min(), all.Max(), Intervals);
        for (var i = 0; i < panels.Count; i++)
        {
            LinePlot.Draw(picture, panels[i], Gap, below + (i * PanelRows), Width - (2 * Gap), PlotRows, places);
        }

        ReportDrawing.Axis(picture, places, Gap + PlotArea.Margin, Width - Gap, below + (panels.Count * PanelRows) - Gap + 6, axis);
        return picture;
    }
}
