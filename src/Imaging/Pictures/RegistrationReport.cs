namespace InferenceBridge.Imaging;

/// <summary>One picture that tells what a registration did.</summary>
public static class RegistrationReport
{
    private const int Gap = 16;
    private const int ImageSide = 480;
    private const int Width = (2 * ImageSide) + (3 * Gap);
    private const int TextRows = 24;
    private const int PlotRows = 160;

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
        var contrast = ContrastStretch.Of([.. before.Values, .. after.Values], ReportDrawing.LowPercent, ReportDrawing.HighPercent);
        var (left, right) = (ReportDrawing.Fitted(before, contrast, ImageSide), ReportDrawing.Fitted(after, contrast, ImageSide));
        var top = Gap + TextRows + TextRows;
        var below = top + Math.Max(left.Height, right.Height) + Gap;
        const int PanelRows = PlotArea.CaptionRows + PlotRows + Gap;
        var picture = new Picture(Width, below + (panels.Count * PanelRows) + TextRows, 3);
        ReportDrawing.Text(picture, Gap, Gap, title, Width - (2 * Gap), byte.MaxValue);
        ReportDrawing.Text(picture, Gap, Gap + TextRows, before.Caption, ImageSide, 200);
        ReportDrawing.Text(picture, (2 * Gap) + ImageSide, Gap + TextRows, after.Caption, ImageSide, 200);
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
            ReportDrawing.Axis(picture, frames, Gap + PlotArea.Margin, Width - Gap, below + (panels.Count * PanelRows) - Gap + 6, "frame");
        }

        return picture;
    }
}
