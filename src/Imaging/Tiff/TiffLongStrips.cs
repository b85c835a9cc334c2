using BitMiracle.LibTiff.Classic;

namespace InferenceBridge.Imaging;

/// <summary>
/// Decodes strips that are too long to be held as a whole, row by row: a file of a megabyte may hold a strip of a gigabyte.
/// Most codecs only go forward, so that going back begins the strip anew.
/// </summary>
internal sealed class TiffLongStrips(Tiff tiff, string path)
{
    private const long MaxHeldBytes = 16 << 20;

    private TiffPage? _page;
    private (int Row, int Plane) _next = (-1, -1);

    /// <summary>How many rows to decode at once.</summary>
    /// <param name="page">The page.</param>
    /// <param name="packedRow">Bytes of a decoded row.</param>
    /// <returns>Those of a strip or tile, or fewer where a strip is long.</returns>
    public static int BandRows(TiffPage page, int packedRow) => IsLong(page, packedRow)
        ? (int)Math.Max(1, MaxHeldBytes / packedRow)
        : page.BlockHeight;

    /// <summary>True where strips of a page are to be read here.</summary>
    public static bool IsLong(TiffPage page, int packedRow) =>
        !page.IsTiled && (page.Colour is TiffColour.Samples or TiffColour.Palette) && (long)page.BlockHeight * packedRow > MaxHeldBytes
        && page.Compression is Compression.LZW or Compression.DEFLATE or Compression.ADOBE_DEFLATE or Compression.PACKBITS or Compression.JPEG or (Compression)50000;

    /// <summary>Reads rows of the page that is current.</summary>
    /// <param name="page">The page.</param>
    /// <param name="firstRow">First row.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="plane">Sample, where samples are stored apart.</param>
    /// <param name="packedRow">Bytes of a decoded row.</param>
    /// <param name="band">Room for the rows.</param>
    /// <exception cref="InferenceException">The strip is damaged or cut off.</exception>
    public void Read(TiffPage page, int firstRow, int rows, int plane, int packedRow, byte[] band)
    {
        var isNext = ReferenceEquals(page, _page) && _next == (firstRow, plane);
        _page = page;
        for (var row = isNext ? firstRow : firstRow - (firstRow % page.BlockHeight); row < firstRow + rows; row++)
        {
            // Rows before the first one are decoded over and over into the same place.
            if (!tiff.ReadScanline(band, Math.Max(0, row - firstRow) * packedRow, row, (short)plane))
            {
                _next = (-1, -1);
                throw TiffErrors.Invalid(path, $"strip {tiff.ComputeStrip(row, (short)plane)} is damaged or cut off at row {row}: {TiffMessages.Take("it is too short")}");
            }
        }

        _next = (firstRow + rows, plane);
    }

    /// <summary>Another page has become current since: the library has forgotten where it was.</summary>
    public void Forget() => (_page, _next) = (null, (-1, -1));
}
