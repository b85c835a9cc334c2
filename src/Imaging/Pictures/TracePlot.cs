namespace InferenceBridge.Imaging;

/// <summary>Draws a panel of traces: caption and legend above, marks at the left.</summary>
internal static class TracePlot
{
    internal const int CaptionRows = 26;

    /// <summary>Columns that the marks' numbers take at the left.</summary>
    internal const int Margin = 84;

    private const int Intervals = 4;
    private const int Scale = 2;
    private const int Thick = 2;

    // So few frames that each is marked.
    private const int MarkedFrames = 40;
    private const int Mark = 5;
    private const byte Frame = 110;
    private const byte Grid = 45;
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
        var (plotLeft, plotTop, plotWidth) = (left + Margin, top + CaptionRows, width - Margin);
        var values = Values(panel);
        int Row(double value) => plotTop + (int)Math.Round((height - 1) * (1 - Math.Clamp(values.Part(value), 0, 1)));
        int Column(double frame) => plotLeft + (int)Math.Round((plotWidth - 1) * frames.Part(frame));
        foreach (var mark in frames.Marks)
        {
            picture.Fill(Column(mark), plotTop, 1, height, Grid);
        }

        foreach (var mark in values.Marks)
        {
            picture.Fill(plotLeft, Row(mark), plotWidth, 1, Grid);
            var text = values.Text(mark);
            BitmapFont.Draw(picture, plotLeft - 8 - BitmapFont.Width(text, Scale), Row(mark) - (BitmapFont.Rows * Scale / 2), text, Scale, Text);
        }

        picture.Fill(plotLeft, plotTop, 1, height, Frame);
        picture.Fill(plotLeft, plotTop + height - 1, plotWidth, 1, Frame);
        if (panel.Threshold is { } threshold)
        {
            for (var column = plotLeft; column < plotLeft + plotWidth; column += 12)
            {
                picture.Fill(column, Row(threshold), Math.Min(6, plotLeft + plotWidth - column), 1, ThresholdColour);
            }
        }

        foreach (var trace in panel.Traces)
        {
            Curve(picture, trace, Column, Row);
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

        BitmapFont.Draw(picture, left + Margin, top + 5, BitmapFont.Fit(panel.Caption, Scale, right - left - Margin), Scale, byte.MaxValue);
    }

    private static void Curve(Picture picture, Trace trace, Func<double, int> column, Func<double, int> row)
    {
        var colour = trace.Colour.Rgb();
        (double Frame, int X, int Y)? last = null;
        foreach (var (frame, smallest, mean, largest) in trace.Points)
        {
            var (x, y) = (column(frame), row(mean));
            if (largest > smallest)
            {
                // The reach of the frames that share the point, dimmer than their mean.
                picture.Fill(x, row(largest), 1, row(smallest) - row(largest) + 1, ((byte)(colour.R / 2), (byte)(colour.G / 2), (byte)(colour.B / 2)));
            }

            if (trace.LastFrame < MarkedFrames)
            {
                picture.Fill(x - (Mark / 2), y - (Mark / 2), Mark, Mark, colour);
            }

            if (last is { } from && frame - from.Frame <= trace.FramesPerPoint)
            {
                Line(picture, from.X, from.Y, x, y, colour);
            }
            else
            {
                picture.Fill(x - 1, y - 1, Thick, Thick, colour);
            }

            last = (frame, x, y);
        }
    }

    private static void Line(Picture picture, int fromX, int fromY, int toX, int toY, (byte R, byte G, byte B) colour)
    {
        var steps = Math.Max(1, Math.Max(Math.Abs(toX - fromX), Math.Abs(toY - fromY)));
        for (var i = 0; i <= steps; i++)
        {
            picture.Fill(fromX + ((toX - fromX) * i / steps) - 1, fromY + ((toY - fromY) * i / steps) - 1, Thick, Thick, colour);
        }
    }
}
