namespace InferenceBridge.Imaging.Tests;

public class FocusReportTests
{
    private const int Left = 16 + 84;
    private const int Right = 1040 - 16;
    private const int Rows = 220;

    // An image of 40 × 20 grows elevenfold; a panel has a caption of 26 rows.
    private const int Top = 16 + 24 + 24 + 220 + 16 + 26;

    [Fact]
    public void Create_Curve_GoesThroughItsPoints()
    {
        var picture = Draw(new LinePanel("c", [new LineTrace("a", TraceColour.Vermilion, [(0, 0), (1, 1), (4, 0.5)])]));
        Assert.Equal(1040, picture.Width);
        var vermilion = TraceColour.Vermilion.Rgb();
        Assert.True(IsNear(picture, At(0, 4), Top + Rows - 1, vermilion));
        Assert.True(IsNear(picture, At(1, 4), Top, vermilion));
        Assert.True(IsNear(picture, At(2.5, 4), Top + (Rows / 4), vermilion));
        Assert.True(IsNear(picture, At(4, 4), Top + (Rows / 2), vermilion));
        Assert.False(IsNear(picture, At(2.5, 4), Top + (Rows * 3 / 4), vermilion));
    }

    [Fact]
    public void Create_PartsOfOneAsPlaces_SpreadOverTheAxis()
    {
        var picture = Draw(new LinePanel("c", [new LineTrace("a", TraceColour.Green, [(0.1, 0), (0.2, 1), (0.3, 0)]) { HasMarks = true, IsJoined = false }]));
        Assert.True(IsNear(picture, (Left + Right) / 2, Top, TraceColour.Green.Rgb()));
        Assert.False(IsNear(picture, (3 * Left + Right) / 4, Top + (Rows / 2), TraceColour.Green.Rgb()));
    }

    [Fact]
    public void Create_Mark_IsALineWithItsReach()
    {
        var picture = Draw(new LinePanel("c", [new LineTrace("a", TraceColour.Blue, [(0, 0), (10, 0)])]) { Mark = 4, MarkReach = 1, Reaches = 1 });
        var (row, width) = (Top + 30, Right - Left);
        Assert.True(Is(picture, At(4, 10), row, (240, 80, 80)));
        Assert.True(Is(picture, At(4, 10) - (width / 20), row, (80, 30, 30)));
        Assert.True(Is(picture, At(4, 10) + (width / 20), row, (80, 30, 30)));
        Assert.False(Is(picture, At(5.5, 10), row, (80, 30, 30)));
    }

    [Fact]
    public void Create_NoPointsOrOne_IsDrawn()
    {
        Assert.True(Draw(new LinePanel("c", [])).Height > Rows);
        Assert.True(IsNear(Draw(new LinePanel("c", [new LineTrace("a", TraceColour.Blue, [(3, 5)]) { HasMarks = true }])), (Left + Right) / 2, Top + (Rows / 2), TraceColour.Blue.Rgb()));
    }

    private static int At(double place, double last) => Left + (int)Math.Round((Right - Left - 1) * place / last);

    private static Picture Draw(LinePanel panel) =>
        FocusReport.Create("t", new ReportImage("plane", 40, 20, new float[800]), [("line", TraceColour.Green)], [panel], "z in µm");

    private static bool Is(Picture picture, int x, int y, (byte R, byte G, byte B) colour)
    {
        var pixel = picture.Row(y).Slice(3 * x, 3);
        return (pixel[0], pixel[1], pixel[2]) == colour;
    }

    private static bool IsNear(Picture picture, int x, int y, (byte R, byte G, byte B) colour) =>
        Enumerable.Range(-4, 9).Any(dy => Enumerable.Range(-4, 9).Any(dx => y + dy >= 0 && x + dx < picture.Width && Is(picture, x + dx, y + dy, colour)));
}
