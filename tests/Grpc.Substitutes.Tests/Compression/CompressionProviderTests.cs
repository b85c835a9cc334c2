using System.IO.Compression;
using Grpc.Net.Compression;

namespace InferenceBridge.Grpc.Substitutes.Tests.Compression;

public class CompressionProviderTests
{
    // First bytes of the format: RFC 1952 section 2.3 and RFC 1950 section 2.2 (deflate, window of 32 KiB).
    public static TheoryData<ICompressionProvider, string, byte[]> Providers => new()
    {
        { new GzipCompressionProvider(CompressionLevel.Fastest), "gzip", [0x1F, 0x8B, 0x08] },
        { new DeflateCompressionProvider(CompressionLevel.Fastest), "deflate", [0x78] },
    };

    [Theory]
    [MemberData(nameof(Providers))]
    public void Compression_OfZeros_HasTheFormatAndRoundTrips(ICompressionProvider provider, string name, byte[] start)
    {
        var data = new byte[10_000];
        using var compressed = new MemoryStream();

        using (var compression = provider.CreateCompressionStream(compressed, null))
            compression.Write(data);

        Assert.Equal(name, provider.EncodingName);
        Assert.Equal(start, compressed.ToArray()[..start.Length]);
        Assert.InRange(compressed.Length, 1, 1_000);

        compressed.Position = 0;
        using var restored = new MemoryStream();
        using (var decompression = provider.CreateDecompressionStream(compressed))
            decompression.CopyTo(restored);

        Assert.Equal(data, restored.ToArray());
        Assert.True(compressed.CanRead);
    }

    [Fact]
    public void Compression_LevelGiven_OverridesTheDefault()
    {
        var provider = new GzipCompressionProvider(CompressionLevel.SmallestSize);
        var data = new byte[10_000];
        using var stored = new MemoryStream();

        using (var compression = provider.CreateCompressionStream(stored, CompressionLevel.NoCompression))
            compression.Write(data);

        Assert.True(stored.Length >= data.Length);
    }
}
