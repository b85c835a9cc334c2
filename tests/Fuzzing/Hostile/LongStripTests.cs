using System.IO.Compression;

namespace InferenceBridge.Fuzzing.Hostile;

/// <summary>Strips that are decoded row by row, since they are too long to be held, give the same pixels in any order of reading.</summary>
public class LongStripTests
{
    private const int Width = 4096;
    private const int Height = 9000;
    private const int RowsPerStrip = 6000;

    [Theory]
    [InlineData(new[] { 0, 1, 4095, 4096, 5999, 6000, 6001, 8999 })]
    [InlineData(new[] { 8999, 6000, 5999, 0 })]
    [InlineData(new[] { 4000, 100, 7000, 100, 4097 })]
    public void ReadRows_AnyOrder_GivesTheRowsOfTheFile(int[] rows)
    {
        using var hostile = new HostileFile(Image().ToArray());
        using var reader = VolumeFile.OpenRead(hostile.Path);
        var pixels = new byte[Width];
        foreach (var row in rows)
        {
            reader.ReadRows(0, row, 1, pixels);
            Assert.Equal(Row(row), pixels);
        }
    }

    [Fact]
    public void ReadRows_RowsBehindDamage_AreRefused()
    {
        var bytes = Image().ToArray();
        Array.Fill(bytes, (byte)0xFF, 10_000, 1000);
        using var hostile = new HostileFile(bytes);
        using var reader = VolumeFile.OpenRead(hostile.Path);
        var error = Assert.Throws<InferenceException>(() => reader.ReadRows(0, 5000, 1, new byte[Width]));
        Assert.Contains("strip 0 is damaged or cut off at row", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Row(int row) => [.. Enumerable.Range(0, Width).Select(x => (byte)((row * 7) + (x * row / 500)))];

    private static HostileTiff Image()
    {
        var file = new HostileTiff();
        var (first, second) = (Deflate(0, RowsPerStrip), Deflate(RowsPerStrip, Height));
        var offsets = new[] { file.Data(first), file.Data(second) };
        var offsetsAt = file.Data(System.Runtime.InteropServices.MemoryMarshal.AsBytes<int>(offsets));
        var countsAt = file.Data(System.Runtime.InteropServices.MemoryMarshal.AsBytes<int>([first.Length, second.Length]));
        file.Directory(HostileTiff.Grey(Width, Height, 0, 0,
            new Entry(259, HostileTiff.Short, 1, 8), new Entry(278, HostileTiff.Long, 1, RowsPerStrip),
            new Entry(273, HostileTiff.Long, 2, offsetsAt), new Entry(279, HostileTiff.Long, 2, countsAt)));
        return file;
    }

    private static byte[] Deflate(int from, int to)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var row = from; row < to; row++)
            {
                deflate.Write(Row(row));
            }
        }

        return packed.ToArray();
    }
}
