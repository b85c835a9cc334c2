using System.IO.Compression;

namespace InferenceBridge.Fuzzing.Hostile;

/// <summary>Few bytes that claim to be, or are, a great many pixels.</summary>
public class BombTests
{
    [Theory]
    [InlineData(5, "lzw")]
    [InlineData(8, "deflate")]
    [InlineData(32946, "deflate")]
    [InlineData(32773, "packbits")]
    [InlineData(50000, "zstd")]
    [InlineData(34925, "34925")]
    [InlineData(4, "ccitt")]
    [InlineData(7, "jpeg")]
    public void OpenRead_StripThatClaimsMoreThanItsCodecCanHold_IsRefused(int compression, string name)
    {
        var file = new HostileTiff();
        var pixels = file.Data(new byte[32]);
        file.Directory(HostileTiff.Grey(60_000, 60_000, pixels, 32, new Entry(259, HostileTiff.Short, 1, compression)));
        HostileFile.AssertRefused(file, $"60000×60000 pixels takes 3600000000 bytes, more than a file of {file.ToArray().Length} bytes can hold (compression: {name}");
    }

    [Theory]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(32773)]
    [InlineData(50000)]
    public void ReadRows_StripThatEndsEarly_IsRefused(int compression)
    {
        var file = new HostileTiff();
        var pixels = file.Data(new byte[32]);
        file.Data(new byte[200]);
        file.Directory(HostileTiff.Grey(100, 100, pixels, 32, new Entry(259, HostileTiff.Short, 1, compression)));
        HostileFile.AssertRefused(file, "strip 0");
    }

    /// <summary>Deflate at its best: a gigabyte of zeros in a megabyte. The volume is real, but reading it may not take its size.</summary>
    [Theory]
    [InlineData(1, 16384, 32768)]
    [InlineData(32, 4096, 4096)]
    public void ReadRows_ZerosAtTheBestThatDeflateDoes_TakesLittleMemory(int pages, int width, int height)
    {
        var packed = Deflate((long)width * height);
        var file = new HostileTiff();
        var strip = file.Data(packed);
        for (var page = 0; page < pages; page++)
        {
            file.Directory(HostileTiff.Grey(width, height, strip, packed.Length, new Entry(259, HostileTiff.Short, 1, 8)));
        }

        Assert.Equal(new VolumeShape(pages, height, width), HostileFile.AssertRead(file));
    }

    private static byte[] Deflate(long zeros)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (long done = 0; done < zeros; done += 1 << 20)
            {
                deflate.Write(new byte[1 << 20]);
            }
        }

        return packed.ToArray();
    }
}
