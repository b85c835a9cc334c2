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

    /// <summary>Deflate at its best: 256 MiB of zeros in 256 KiB. The volume is real, but reading it may not take its size in memory.</summary>
    [Fact]
    public void ReadRows_ZerosAtTheBestThatDeflateDoes_TakesMemoryForAStripAlone()
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            deflate.Write(new byte[16 << 20]);
        }

        var file = new HostileTiff();
        var strip = file.Data(packed.ToArray());
        for (var page = 0; page < 16; page++)
        {
            file.Directory(HostileTiff.Grey(4096, 4096, strip, packed.Length, new Entry(259, HostileTiff.Short, 1, 8)));
        }

        Assert.Equal(new VolumeShape(16, 4096, 4096), HostileFile.AssertRead(file));
    }
}
