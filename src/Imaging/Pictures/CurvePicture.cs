using System.Globalization;

namespace InferenceBridge.Imaging;

/// <summary>Curves one below the other over a common axis, such as those of a training.</summary>
public static class CurvePicture
{
    private const int Width = 720;
    private const int PlotHeight = 200;
    private const int Left = 84;
    private const int Gap = 12;
    private const int CaptionRows = 24;
    private const int Dot = 3;
    private const byte Axis = 90;
    private const byte Text = 200;

    /// <summary>Draws the curves; each axis reaches from its smallest to its largest value.</summary>
    /// <param name="panels">From the top, at least one.</param>
    /// <param name="axis">What the common axis counts.</param>
    /// <exception cref="ArgumentException">There are no panels.</exception>
    public static Picture Create(IReadOnlyList<CurvePanel> panels, string axis)
    {
        if (panels.Count == 0)
        {
            throw new ArgumentException("No curves; accepted: at least one.", nameof(panels));
        }

        var picture = new Picture(Width, (panels.Count * (CaptionRows + PlotHeight + Gap)) + CaptionRows, 1);
        var all = panels.SelectMany(panel => panel.Points).Select(point => point.X).DefaultIfEmpty(0).ToArray();
        var (first, last) = (all.Min(), all.Max());
        for (var i = 0; i < panels.Count; i++)
        {
            Draw(picture, panels[i], (i * (CaptionRows + PlotHeight + Gap)) + CaptionRows, first, last);
        }

        var bottom = picture.Height - CaptionRows;
        Label(picture, Left, bottom, Number(first));
        Label(picture, Width - Gap - BitmapFont.Width(Number(last), 1), bottom, Number(last));
        Label(picture, (Width + Left) / 2, bottom, axis);
        return picture;
    }

    private static void Draw(Picture picture, CurvePanel panel, int top, double first, double last)
    {
        BitmapFont.Draw(picture, Left, top - CaptionRows + 5, panel.Caption, 2, byte.MaxValue);
        var plotWidth = Width - Left - Gap;
        picture.Fill(Left, top, 1, PlotHeight, Axis);
        picture.Fill(Left, top + PlotHeight - 1, plotWidth, 1, Axis);
        var points = panel.Points
            .Select(point => (point.X, Y: panel.IsLogarithmic ? Math.Log10(point.Y) : point.Y))
            .Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y))
            .OrderBy(point => point.X)
            .ToArray();
        if (points.Length == 0)
        {
            return;
        }

        var (low, high) = (points.Min(point => point.Y), points.Max(point => point.Y));
        Label(picture, Gap, top, Number(panel.IsLogarithmic ? Math.Pow(10, high) : high));
        Label(picture, Gap, top + PlotHeight - BitmapFont.Rows, Number(panel.IsLogarithmic ? Math.Pow(10, low) : low));
        (int X, int Y) At((double X, double Y) point) => (
            Left + (int)Math.Round((plotWidth - 1) * (last > first ? (point.X - first) / (last - first) : 0.5)),
            top + (int)Math.Round((PlotHeight - 1) * (high > low ? (high - point.Y) / (high - low) : 0.5)));
        for (var i = 0; i < points.Length; i++)
        {
            var (x, y) = At(points[i]);
            picture.Fill(x - (Dot / 2), y - (Dot / 2), Dot, Dot, byte.MaxValue);
            if (i > 0)
            {
                Line(picture, At(points[i - 1]), (x, y));
            }
        }
    }

    private static void Line(Picture picture, (int X, int Y) from, (int X, int Y) to)
    {
        var steps = Math.Max(1, Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y)));
        for (var i = 0; i <= steps; i++)
        {
            picture.Fill(from.X + ((to.X - from.X) * i / steps), from.Y + ((to.Y - from.Y) * i / steps), 1, 1, byte.MaxValue);
        }
    }

    private static void Label(Picture picture, int left, int top, string text) => BitmapFont.Draw(picture, left, top, text, 1, Text);

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
