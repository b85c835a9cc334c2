namespace InferenceBridge.Imaging;

/// <summary>Draws a panel of curves: caption above, marks at the left.</summary>
internal static class LinePlot
{
    private const int Intervals = 4;
    private static readonly (byte R, byte G, byte B) MarkColour = (240, 80, 80);
    private static readonly (byte R, byte G, byte B) BandColour = (80, 30, 30);

    /// <summary>Draws a panel into an RGB picture.</summary>
    /// <param name="picture">Where to draw.</param>
    /// <param name="panel">What.</param>
    /// <param name="left">Left column, of the marks' numbers.</param>
    /// <param name="top">Top row, of the caption.</param>
    /// <param name="width">Columns with the numbers.</param>
    /// <param name="height">Rows without the caption.</param>
    /// <param name="places">The axis along x.</param>
    internal static void Draw(Picture picture, LinePanel panel, int left, int top, int width, int height, ValueAxis places)
    {
        ReportDrawing.Text(picture, left + PlotArea.Margin, top + 5, panel.Caption, width - PlotArea.Margin, byte.MaxValue);
        var area = new PlotArea(left + PlotArea.Margin, top + PlotArea.CaptionRows, width - PlotArea.Margin, height, places, Values(panel));
        var mark = panel.Mark >= places.Low && panel.Mark <= places.High ? panel.Mark : null;
        if (mark is { } middle)
        {
            var (first, last) = (area.Column(middle - panel.MarkReach), area.Column(middle + panel.MarkReach));
            picture.Fill(first, area.Top, last - first + 1, height, BandColour);
        }

        area.DrawGrid(picture);
        if (mark is { } line)
        {
            picture.Fill(area.Column(line), area.Top, 1, height, MarkColour);
        }

        area.DrawFrame(picture);
        foreach (var trace in panel.Traces)
        {
            Curve(picture, trace, area);
        }
    }

    private static ValueAxis Values(LinePanel panel)
    {
        var all = panel.Traces.SelectMany(trace => trace.Points).Select(point => point.Y).Concat(panel.Reaches is { } value ? [value] : []).DefaultIfEmpty(0).ToArray();
        return ValueAxis.Around(all.Min(), all.Max(), Intervals);
    }

    private static void Curve(Picture picture, LineTrace trace, PlotArea area)
    {
        var colour = trace.Colour.Rgb();
        (int X, int Y)? last = null;
        foreach (var (x, y) in trace.Points)
        {
            var at = (X: area.Column(x), Y: area.Row(y));
            if (trace.HasMarks)
            {
                PlotArea.DrawMark(picture, at.X, at.Y, colour);
            }

            if (last is { } from && trace.IsJoined)
            {
                PlotArea.DrawLine(picture, from.X, from.Y, at.X, at.Y, colour);
            }

            last = at;
        }
    }
}
