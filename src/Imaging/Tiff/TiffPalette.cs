using System.Runtime.InteropServices;
using BitMiracle.LibTiff.Classic;

namespace InferenceBridge.Imaging;

/// <summary>The colour map of a page: three tables of 16-bit values, one entry for each value of a sample.</summary>
/// <param name="Tables">Red, green and blue.</param>
internal sealed record TiffPalette(IReadOnlyList<ushort[]> Tables)
{
    /// <summary>True where the three tables are equal.</summary>
    public bool IsGrey => Tables[1].AsSpan().SequenceEqual(Tables[0]) && Tables[2].AsSpan().SequenceEqual(Tables[0]);

    /// <summary>True where 8 bits hold every entry: writers put them into the high byte, into both, or (wrongly) into the low one.</summary>
    public bool FitsByte { get; } = FitLow(Tables) || Tables.All(table => table.All(value => (value & 0xFF) == 0 || (value & 0xFF) == value >> 8));

    private bool IsLow { get; } = FitLow(Tables);

    /// <summary>Reads the colour map of the current directory; null where there is none.</summary>
    public static TiffPalette? Read(Tiff tiff)
    {
        if (tiff.GetField(TiffTag.COLORMAP) is not { Length: 3 } fields)
        {
            return null;
        }

        var tables = fields.Select(field => field.ToUShortArray()).ToArray();
        return tables.Any(table => table is null or { Length: 0 }) ? null : new TiffPalette(tables!);
    }

    /// <summary>Looks up colours.</summary>
    /// <param name="indices">Numbers of colours, uint8 or uint16.</param>
    /// <param name="indexBytes">1 or 2.</param>
    /// <param name="table">0 red, 1 green, 2 blue.</param>
    /// <param name="pixels">Pixels to fill, of <paramref name="type"/>.</param>
    /// <param name="type">uint8 where <see cref="FitsByte"/>, else uint16.</param>
    public void Map(ReadOnlySpan<byte> indices, int indexBytes, int table, Span<byte> pixels, PixelType type)
    {
        var entries = Tables[table];
        var wide = MemoryMarshal.Cast<byte, ushort>(indices);
        for (var i = 0; i < indices.Length / indexBytes; i++)
        {
            var index = indexBytes == 1 ? indices[i] : wide[i];
            var value = index < entries.Length ? entries[index] : (ushort)0;
            if (type == PixelType.UInt8)
            {
                pixels[i] = (byte)(IsLow ? value : value >> 8);
            }
            else
            {
                MemoryMarshal.Cast<byte, ushort>(pixels)[i] = value;
            }
        }
    }

    private static bool FitLow(IReadOnlyList<ushort[]> tables) => tables.All(table => table.All(value => value < 256));
}
