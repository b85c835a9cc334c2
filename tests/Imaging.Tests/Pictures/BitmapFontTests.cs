namespace InferenceBridge.Imaging.Tests;

public class BitmapFontTests
{
    [Fact]
    public void Glyph_EveryPrintableLetter_IsDrawnAndDistinct()
    {
        var letters = Enumerable.Range(33, 126 - 33 + 1).Select(code => (char)code).Append('µ').ToList();

        var glyphs = letters.Select(letter => Convert.ToHexString(BitmapFont.Glyph(letter))).ToList();

        Assert.DoesNotContain(Convert.ToHexString(BitmapFont.Glyph('\u4E2D')), glyphs);
        Assert.DoesNotContain("00000000000000", glyphs);
        Assert.Equal(letters.Count, glyphs.Distinct().Count());
        Assert.All(letters, letter => Assert.All(BitmapFont.Glyph(letter), row => Assert.InRange(row, 0, 31)));
        Assert.Equal(BitmapFont.Glyph('µ'), BitmapFont.Glyph('\u03BC'));
    }

    [Fact]
    public void Draw_LetterT_HasBarAndStem()
    {
        var picture = new Picture(5, 7, 1);

        BitmapFont.Draw(picture, 0, 0, "T", 1, 9);

        Assert.Equal([9, 9, 9, 9, 9], picture.Row(0).ToArray());
        for (var row = 1; row < 7; row++)
        {
            Assert.Equal([0, 0, 9, 0, 0], picture.Row(row).ToArray());
        }
    }

    [Fact]
    public void Draw_BeyondTheEdges_IsCut()
    {
        var picture = new Picture(8, 8, 3);

        BitmapFont.Draw(picture, -3, -3, "WWWW", 2, 255);

        Assert.Contains((byte)255, picture.Pixels);
    }

    [Theory]
    [InlineData("Before", 1, 35, "Before")]
    [InlineData("Before", 1, 34, "Bef..")]
    [InlineData("Before", 2, 70, "Before")]
    [InlineData("Before", 1, 5, ".")]
    [InlineData("Before", 1, 0, "")]
    public void Fit_Width_CutsWithDots(string text, int scale, int width, string expected)
    {
        var fitted = BitmapFont.Fit(text, scale, width);

        Assert.Equal(expected, fitted);
        Assert.True(BitmapFont.Width(fitted, scale) <= width);
    }
}
