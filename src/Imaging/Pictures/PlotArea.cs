namespace InferenceBridge.Imaging;

/// <summary>Where a panel's curves are drawn in an RGB picture, below its caption and right of the numbers at its marks.</summary>
/// <param name="Left">Left column.</param>
/// <param name="Top">Top row.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Places">The axis along x.</param>
/// <param name="Values">The axis along y.</param>
internal readonly record struct PlotArea(int Left, int Top, int Width, int Height, ValueAxis Places, ValueAxis Values)
{
    /// <summary>Rows of a panel's caption, above.</summary>
    internal const int CaptionRows = 26;

    /// <summary>Columns of the marks' numbers, at the left.</summary>
    internal const int Margin = 84;

    /// <summary>Sides of the square that marks a point.</summary>
    internal const int Mark = 5;

    /// <summary>How many pixels thick curves are.</summary>
    internal const int Thick = 2;

    private const byte FrameLevel = 110;
    private const byte GridLevel = 45;
    private const byte TextLevel = 200;

    internal int Row(double value) => Top + (int)Math.Round((Height - 1) * (1 - Math.Clamp(Values.Part(value), 0, 1)));

    internal int Column(double place) => Left + (int)Math.Round((Width - 1) * Math.Clamp(Places.Part(place), 0, 1));

    /// <summary>Draws a line at each mark of both axes, and the numbers of the values.</summary>
    internal void DrawGrid(Picture picture)
    {
        foreach (var mark in Places.Marks)
        {
            picture.Fill(Column(mark), Top, 1, Height, GridLevel);
        }

        foreach (var mark in Values.Marks)
        {
            picture.Fill(Left, Row(mark), Width, 1, GridLevel);
            var text = Values.Text(mark);
            BitmapFont.Draw(picture, Left - 8 - BitmapFont.Width(text, ReportDrawing.Scale),
                Row(mark) - (BitmapFont.Rows * ReportDrawing.Scale / 2), text, ReportDrawing.Scale, TextLevel);
        }
    }

    /// <summary>Draws the lines at the left and below.</summary>
    internal void DrawFrame(Picture picture)
    {
        picture.Fill(Left, Top, 1, Height, FrameLevel);
        picture.Fill(Left, Top + Height - 1, Width, 1, FrameLevel);
    }

    /// <summary>Marks a point by a square.</summary>
    internal static void DrawMark(Picture picture, int x, int y, (byte R, byte G, byte B) colour) =>
        picture.Fill(x - (Mark / 2), y - (Mark / 2), Mark, Mark, colour);

    /// <summary>Draws a line of a curve.</summary>
    internal static void DrawLine(Picture picture, int fromX, int fromY, int toX, int toY, (byte R, byte G, byte B) colour)
    {
        var steps = Math.Max(1, Math.Max(Math.Abs(toX - fromX), Math.Abs(toY - fromY)));
        for (var i = 0; i <= steps; i++)
        {
            picture.Fill(fromX + ((toX - fromX) * i / steps) - 1, fromY + ((toY - fromY) * i / steps) - 1, Thick, Thick, colour);
        }
    }
}
