using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary>An algorithm that messages can be compressed with.</summary>
public interface ICompressionProvider
{
    /// <summary>Name in the grpc-encoding header.</summary>
    string EncodingName { get; }

    /// <summary>A stream that compresses to <paramref name="stream"/>, which it leaves open.</summary>
    /// <param name="stream">Where the compressed bytes go.</param>
    /// <param name="compressionLevel">Level; null for the provider's own.</param>
    Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel);

    /// <summary>A stream that decompresses <paramref name="stream"/>, which it leaves open.</summary>
    Stream CreateDecompressionStream(Stream stream);
}
