using System.IO.Compression;
using System.Numerics;
using System.Runtime.InteropServices;
using BitMiracle.LibTiff.Classic;

namespace InferenceBridge.Imaging;

/// <summary>
/// Compression of pages, with the predictor that makes a sample of the page smaller. ImageJ knows no predictor in deflate
/// and Bio-Formats only that of integers, so the files that are for them do without.
/// </summary>
internal sealed class TiffCompressor
{
    private const int SampleBytes = 1 << 16;

    // The library's numbers for Zstandard and its level. Level 3 is several times faster than the library's 9, at little cost.
    private const Compression Zstandard = (Compression)50000;
    private const TiffTag ZstandardLevel = (TiffTag)65564;

    private readonly TiffCompression _compression;
    private readonly PixelType _type;
    private readonly Predictor _predictor;

    /// <exception cref="InferenceException"><see cref="InferenceError.UsageInvalid"/>: not a compression.</exception>
    public TiffCompressor(TiffCompression compression, TiffFlavour flavour, PixelType type)
    {
        (_compression, _type) = (compression, type);
        _predictor = (compression, flavour) switch
        {
            (TiffCompression.None, _) or (TiffCompression.Deflate, not TiffFlavour.Ome) => Predictor.NONE,
            (TiffCompression.Deflate, _) => _type.IsFloatingPoint() ? Predictor.NONE : Predictor.HORIZONTAL,
            (TiffCompression.Zstd, _) => _type.IsFloatingPoint() ? Predictor.FLOATINGPOINT : Predictor.HORIZONTAL,
            _ => throw new InferenceException(InferenceError.UsageInvalid, "compression", $"The compression is {compression}; accepted: none, deflate, zstd."),
        };
    }

    private Compression Scheme => _compression switch
    {
        TiffCompression.Deflate => Compression.ADOBE_DEFLATE,
        TiffCompression.Zstd => Zstandard,
        _ => Compression.NONE,
    };

    /// <exception cref="InferenceException"><see cref="InferenceError.UsageInvalid"/>: the library lacks the compression.</exception>
    public void CheckAvailable(Tiff tiff)
    {
        if (!tiff.IsCodecConfigured(Scheme))
        {
            throw new InferenceException(InferenceError.UsageInvalid, "compression",
                $"The compression is {_compression.ToString().ToLowerInvariant()}, which this build of the TIFF library lacks; accepted: none, deflate.");
        }
    }

    /// <summary>Sets the compression of the current directory.</summary>
    /// <param name="tiff">The file.</param>
    /// <param name="rows">The first rows of the page, little-endian.</param>
    /// <param name="rowBytes">Bytes of a row.</param>
    public void SetTags(Tiff tiff, ReadOnlySpan<byte> rows, int rowBytes)
    {
        tiff.SetField(TiffTag.COMPRESSION, (int)Scheme);
        if (_compression == TiffCompression.Zstd)
        {
            tiff.SetField(ZstandardLevel, 3);
        }

        if (_predictor != Predictor.NONE && Helps(rows, rowBytes))
        {
            tiff.SetField(TiffTag.PREDICTOR, (int)_predictor);
        }
    }

    private bool Helps(ReadOnlySpan<byte> rows, int rowBytes)
    {
        var sample = rows[..Math.Min(rows.Length, Math.Max(rowBytes, SampleBytes / rowBytes * rowBytes))].ToArray();
        var plain = CompressedLength(sample);
        Predict(sample, rowBytes);
        return CompressedLength(sample) < plain;
    }

    private void Predict(byte[] sample, int rowBytes)
    {
        for (var at = 0; at < sample.Length; at += rowBytes)
        {
            var row = sample.AsSpan(at, rowBytes);
            switch (_predictor, _type.BytesPerPixel())
            {
                case (Predictor.FLOATINGPOINT, var size): Difference(Planes(row, size)); break;
                case (_, 1): Difference(row); break;
                case (_, 2): Difference(MemoryMarshal.Cast<byte, ushort>(row)); break;
                default: Difference(MemoryMarshal.Cast<byte, uint>(row)); break;
            }
        }
    }

    // Predictor 3 differences all the highest bytes, then all the next ones, and so on.
    private static Span<byte> Planes(Span<byte> row, int size)
    {
        var pixels = row.ToArray();
        var count = row.Length / size;
        for (var i = 0; i < pixels.Length; i++)
        {
            row[((size - 1 - (i % size)) * count) + (i / size)] = pixels[i];
        }

        return row;
    }

    private static void Difference<T>(Span<T> row)
        where T : struct, INumberBase<T>
    {
        for (var i = row.Length - 1; i > 0; i--)
        {
            row[i] = unchecked(row[i] - row[i - 1]);
        }
    }

    private static long CompressedLength(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var deflate = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(bytes);
        }

        return compressed.Length;
    }
}
