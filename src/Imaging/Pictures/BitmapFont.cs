using System.Globalization;

namespace InferenceBridge.Imaging;

/// <summary>Text in letters of 5 × 7 pixels, one column apart, enlarged by a whole factor.</summary>
internal static class BitmapFont
{
    internal const int Columns = 5;
    internal const int Rows = 7;

    private static readonly Dictionary<char, byte[]> Glyphs = Parse();
    private static readonly byte[] Box = [0x1F, 0x11, 0x11, 0x11, 0x11, 0x11, 0x1F];

    /// <summary>Width of a text in pixels.</summary>
    internal static int Width(string text, int scale) => Math.Max(0, (text.Length * (Columns + 1)) - 1) * scale;

    /// <summary>The text, cut with two dots where it is wider than allowed.</summary>
    internal static string Fit(string text, int scale, int width)
    {
        var letters = (width + scale) / ((Columns + 1) * scale);
        return text.Length <= letters ? text : string.Concat(text.AsSpan(0, Math.Max(0, letters - 2)), "..".AsSpan(0, Math.Min(2, letters)));
    }

    /// <summary>Draws a text in a level of grey; letters without a glyph are boxes.</summary>
    internal static void Draw(Picture picture, int left, int top, string text, int scale, byte level)
    {
        foreach (var letter in text)
        {
            var glyph = Glyph(letter);
            for (var row = 0; row < Rows; row++)
            {
                for (var column = 0; column < Columns; column++)
                {
                    if ((glyph[row] >> (Columns - 1 - column) & 1) != 0)
                    {
                        picture.Fill(left + (column * scale), top + (row * scale), scale, scale, level);
                    }
                }
            }

            left += (Columns + 1) * scale;
        }
    }

    /// <summary>Seven rows from the top; bit 4 is the left column.</summary>
    internal static byte[] Glyph(char letter) => Glyphs.GetValueOrDefault(letter == 'μ' ? 'µ' : letter, Box);

    private static Dictionary<char, byte[]> Parse()
    {
        var glyphs = new Dictionary<char, byte[]>();
        foreach (var line in BitmapGlyphs.Lines)
        {
            glyphs[line[0]] = [.. Enumerable.Range(0, Rows)
                .Select(row => byte.Parse(line.AsSpan(1 + (2 * row), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
        }

        return glyphs;
    }
}
