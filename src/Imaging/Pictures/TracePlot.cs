namespace InferenceBridge.Imaging;

/// <summary>Draws a panel of traces: caption and legend above, marks at the left.</summary>
internal static class TracePlot
{
    private const int Intervals = 4;
    private const int Scale = ReportDrawing.Scale;

    // So few frames that each is marked.
    private const int MarkedFrames = 40;
    private const byte Text = 200;
    private static readonly (byte R, byte G, byte B) ThresholdColour = (240, 80, 80);

    /// <summary>Draws a panel into an RGB picture.</summary>
    /// <param name="picture">Where to draw.</param>
    /// <param name="panel">What.</param>
    /// <param name="left">Left column, of the marks' numbers.</param>
    /// <param name="top">Top row, of the caption.</param>
    /// <param name="width">Columns with the numbers.</param>
    /// <param name="height">Rows without the caption.</param>
    /// <param name="frames">The common axis.</param>
    internal static void Draw(Picture picture, TracePanel panel, int left, int top, int width, int height, ValueAxis frames)
    {
        Legend(picture, panel, left, top, width);
        var area = new PlotArea(left + PlotArea.Margin, top + PlotArea.CaptionRows, width - PlotArea.Margin, height, frames, Values(panel));
        area.DrawGrid(picture);
        area.DrawFrame(picture);
        if (panel.Threshold is { } threshold)
        {
            for (var column = area.Left; column < area.Left + area.Width; column += 12)
            {
                picture.Fill(column, area.Row(threshold), Math.Min(6, area.Left + area.Width - column), 1, ThresholdColour);
            }
        }

        foreach (var trace in panel.Traces)
        {
            Curve(picture, trace, area);
        }
    }

    private static ValueAxis Values(TracePanel panel)
    {
        var points = panel.Traces.SelectMany(trace => trace.Points).SelectMany(point => new[] { point.Smallest, point.Largest });
        double?[] others = [panel.Threshold, panel.Reaches];
        var all = points.Concat(others.OfType<double>()).DefaultIfEmpty(0).ToArray();
        return ValueAxis.Around(all.Min(), all.Max(), Intervals);
    }

    private static void Legend(Picture picture, TracePanel panel, int left, int top, int width)
    {
        const int Swatch = 18;
        var right = left + width;
        for (var i = panel.Traces.Count - 1; i >= 0; i--)
        {
            var trace = panel.Traces[i];
            right -= BitmapFont.Width(trace.Name, Scale);
            BitmapFont.Draw(picture, right, top + 5, trace.Name, Scale, Text);
            right -= Swatch + 6;
            picture.Fill(right, top + 4 + (BitmapFont.Rows * Scale / 2), Swatch, 3, trace.Colour.Rgb());
            right -= 20;
        }

        BitmapFont.Draw(picture, left + PlotArea.Margin, top + 5, BitmapFont.Fit(panel.Caption, Scale, right - left - PlotArea.Margin), Scale, byte.MaxValue);
    }

    private static void Curve(Picture picture, Trace trace, PlotArea area)
    {
        var colour = trace.Colour.Rgb();
        (double Frame, int X, int Y)? last = null;
        foreach (var (frame, smallest, mean, largest) in trace.Points)
        {
            var (x, y) = (area.Column(frame), area.Row(mean));
            if (largest > smallest)
            {
                // The reach of the frames that share the point, dimmer than their mean.
                picture.Fill(x, area.Row(largest), 1, area.Row(smallest) - area.Row(largest) + 1, ((byte)(colour.R / 2), (byte)(colour.G / 2), (byte)(colour.B / 2)));
            }

            if (trace.LastFrame < MarkedFrames)
            {
                PlotArea.DrawMark(picture, x, y, colour);
            }

            if (last is { } from && frame - from.Frame <= trace.FramesPerPoint)
            {
                PlotArea.DrawLine(picture, from.X, from.Y, x, y, colour);
            }
            else
            {
                picture.Fill(x - 1, y - 1, PlotArea.Thick, PlotArea.Thick, colour);
            }

            last = (frame, x, y);
        }
    }
}
