namespace InferenceBridge.Imaging;

/// <summary>Draws a panel of curves: caption above, marks at the left.</summary>
internal static class LinePlot
{
    internal const int CaptionRows = 26;
    internal const int Margin = 84;
    private const int Intervals = 4;
    private const int Scale = 2;
    private const int Thick = 2;
    private const int Mark = 5;
    private const byte Frame = 110;
    private const byte Grid = 45;
    private const byte Text = 200;
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
        BitmapFont.Draw(picture, left + Margin, top + 5, BitmapFont.Fit(panel.Caption, Scale, width - Margin), Scale, byte.MaxValue);
        var (plotLeft, plotTop, plotWidth) = (left + Margin, top + CaptionRows, width - Margin);
        var values = Values(panel);
        int Row(double value) => plotTop + (int)Math.Round((height - 1) * (1 - Math.Clamp(values.Part(value), 0, 1)));
        int Column(double place) => plotLeft + (int)Math.Round((plotWidth - 1) * Math.Clamp(places.Part(place), 0, 1));
        var mark = panel.Mark >= places.Low && panel.Mark <= places.High ? panel.Mark : null;
        if (mark is { } middle)
        {
            var (first, last) = (Column(middle - panel.MarkReach), Column(middle + panel.MarkReach));
            picture.Fill(first, plotTop, last - first + 1, height, BandColour);
        }

        foreach (var place in places.Marks)
        {
            picture.Fill(Column(place), plotTop, 1, height, Grid);
        }

        foreach (var value in values.Marks)
        {
            picture.Fill(plotLeft, Row(value), plotWidth, 1, Grid);
            var text = values.Text(value);
            BitmapFont.Draw(picture, plotLeft - 8 - BitmapFont.Width(text, Scale), Row(value) - (BitmapFont.Rows * Scale / 2), text, Scale, Text);
        }

        if (mark is { } line)
        {
            picture.Fill(Column(line), plotTop, 1, height, MarkColour);
        }

        picture.Fill(plotLeft, plotTop, 1, height, Frame);
        picture.Fill(plotLeft, plotTop + height - 1, plotWidth, 1, Frame);
        foreach (var trace in panel.Traces)
        {
            Curve(picture, trace, Column, Row);
        }
    }

    private static ValueAxis Values(LinePanel panel)
    {
        var all = panel.Traces.SelectMany(trace => trace.Points).Select(point => point.Y).Concat(panel.Reaches is { } value ? [value] : []).DefaultIfEmpty(0).ToArray();
        return ValueAxis.Around(all.Min(), all.Max(), Intervals);
    }

    private static void Curve(Picture picture, LineTrace trace, Func<double, int> column, Func<double, int> row)
    {
        var colour = trace.Colour.Rgb();
        (int X, int Y)? last = null;
        foreach (var (x, y) in trace.Points)
        {
            var at = (X: column(x), Y: row(y));
            if (trace.HasMarks)
            {
                picture.Fill(at.X - (Mark / 2), at.Y - (Mark / 2), Mark, Mark, colour);
            }

            if (last is { } from && trace.IsJoined)
            {
                Line(picture, from, at, colour);
            }

            last = at;
        }
    }

    private static void Line(Picture picture, (int X, int Y) from, (int X, int Y) to, (byte R, byte G, byte B) colour)
    {
        var steps = Math.Max(1, Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y)));
        for (var i = 0; i <= steps; i++)
        {
            picture.Fill(from.X + ((to.X - from.X) * i / steps) - 1, from.Y + ((to.Y - from.Y) * i / steps) - 1, Thick, Thick, colour);
        }
    }
}
