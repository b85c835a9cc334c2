using System.Buffers.Binary;
using System.Runtime.InteropServices;
using BitMiracle.LibTiff.Classic;

namespace InferenceBridge.Imaging;

/// <summary>
/// Images that follow one another uncompressed behind the data of the only directory: how ImageJ writes stacks of more
/// than 4 GB, for which a classic TIFF has no offsets.
/// </summary>
internal sealed class RawStack : IDisposable
{
    private readonly FileStream _stream;
    private readonly string _path;
    private readonly TiffPage _page;
    private readonly long _offset;
    private readonly bool _swaps;
    private byte[] _row = [];

    private RawStack(string path, TiffPage page, long offset, bool isBigEndian)
    {
        (_path, _page, _offset) = (path, page, offset);
        _swaps = isBigEndian == BitConverter.IsLittleEndian;
        _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
    }

    /// <summary>Finds the images behind a page, which is current.</summary>
    /// <param name="tiff">The file.</param>
    /// <param name="page">Its only page.</param>
    /// <param name="images">Number of images that the description tells, the page's among them.</param>
    /// <param name="path">Name of the file.</param>
    /// <exception cref="InferenceException">The file does not hold them, or not in this way.</exception>
    public static RawStack Open(Tiff tiff, TiffPage page, int images, string path)
    {
        var offset = Start(tiff, page, images, path);
        var imageBytes = checked(RowBytes(page) * page.Height * (page.IsPlanar ? page.Samples : 1));
        var available = (FileBytes.Of(path) - offset) / imageBytes;
        if (available < images)
        {
            throw TiffErrors.Invalid(path, $"its description promises {images} images behind its only directory, of {imageBytes} bytes each from byte {offset} on; "
                + $"it ends after {Math.Max(0, available)}");
        }

        return new RawStack(path, page, offset, tiff.IsBigEndian());
    }

    /// <summary>Reads whole rows of one sample of an image, as <see cref="TiffRowDecoder.Read"/> does.</summary>
    public void Read(int image, int sample, int firstRow, int rowCount, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstRow + (long)rowCount, _page.Height);
        var rowBytes = RowBytes(_page);
        var rowsBefore = _page.IsPlanar
            ? ((((long)image * _page.Samples) + sample) * _page.Height) + firstRow
            : ((long)image * _page.Height) + firstRow;
        _stream.Position = checked(_offset + (rowsBefore * rowBytes));
        if (_row.Length < rowBytes)
        {
            _row = new byte[rowBytes];
        }

        var row = _row.AsSpan(0, (int)rowBytes);
        var pixelRow = _page.Width * _page.Type.PixelType.BytesPerPixel();
        for (var i = 0; i < rowCount; i++)
        {
            if (_stream.ReadAtLeast(row, row.Length, throwOnEndOfStream: false) < row.Length)
            {
                throw TiffErrors.Invalid(_path, $"it ended within image {image} while it was read");
            }

            Swap(row);
            _page.Type.Unpack(row, _page.IsPlanar ? 1 : _page.Samples, _page.IsPlanar ? 0 : sample, destination.Slice(i * pixelRow, pixelRow));
        }
    }

    public void Dispose() => _stream.Dispose();

    private static long RowBytes(TiffPage page) => page.Type.RowBytes((long)page.Width * (page.IsPlanar ? 1 : page.Samples));

    private static long Start(Tiff tiff, TiffPage page, int images, string path)
    {
        string? why = page.Compression != Compression.NONE ? $"it is compressed ({TiffDirectory.CompressionName(page.Compression)})"
            : page.IsTiled ? "it is tiled"
            : page.Type.Bits is not (8 or 16 or 32 or 64) ? $"its samples have {page.Type.Bits} bits"
            : tiff.GetField(TiffTag.FILLORDER) is { Length: > 0 } order && order[0].ToInt() != (int)FillOrder.MSB2LSB ? "its bits are stored in reverse order"
            : null;
        var offsets = tiff.GetField(TiffTag.STRIPOFFSETS) is { Length: > 0 } first ? first[0].TolongArray() ?? [] : [];
        var counts = tiff.GetField(TiffTag.STRIPBYTECOUNTS) is { Length: > 0 } second ? second[0].TolongArray() ?? [] : [];
        if (why is null && (offsets.Length == 0 || offsets[0] <= 0 || counts.Length != offsets.Length))
        {
            why = "it has no strips";
        }

        // ImageJ writes the directory first. Behind the data it may be the first of many, whose chain has been cut off.
        if (why is null && page.Offset > offsets[0])
        {
            why = "its directory does not precede its data";
        }

        for (var i = 1; why is null && i < offsets.Length; i++)
        {
            why = offsets[i] == offsets[i - 1] + counts[i - 1] ? null : "its strips do not follow one another";
        }

        return why is null
            ? offsets[0]
            : throw TiffErrors.Invalid(path, $"its description promises {images} images, it has one page, and {why}; "
                + "accepted: a page for each image, or uncompressed images one behind the other");
    }

    private void Swap(Span<byte> row)
    {
        switch (_swaps ? _page.Type.Bits : 8)
        {
            case 16:
                var words = MemoryMarshal.Cast<byte, ushort>(row);
                BinaryPrimitives.ReverseEndianness(words, words);
                break;
            case 32:
                var doubles = MemoryMarshal.Cast<byte, uint>(row);
                BinaryPrimitives.ReverseEndianness(doubles, doubles);
                break;
            case 64:
                var quads = MemoryMarshal.Cast<byte, ulong>(row);
                BinaryPrimitives.ReverseEndianness(quads, quads);
                break;
            default:
                break;
        }
    }
}
