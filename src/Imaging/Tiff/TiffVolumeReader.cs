using BitMiracle.LibTiff.Classic;

namespace InferenceBridge.Imaging;

/// <summary>A TIFF as a volume. One decoded strip or row of tiles is held at a time, whatever the file's size.</summary>
public sealed class TiffVolumeReader : IVolumeReader
{
    private readonly Tiff _tiff;
    private readonly FileWatch _watch;
    private readonly IReadOnlyList<TiffPage> _pages;
    private readonly TiffAxes _axes;
    private readonly TiffRowDecoder _rows;

    private TiffVolumeReader(Tiff tiff, FileWatch watch, string path)
    {
        _tiff = tiff;
        _watch = watch;
        _pages = TiffDirectory.ReadPages(tiff, path);
        var first = _pages[0];
        tiff.SetSubDirectory(first.Offset);
        _axes = TiffDirectory.ReadAxes(tiff, _pages, path);
        Format = new TiffFileFormat(
            _axes.Flavour, TiffDirectory.IsBigTiff(path), tiff.IsBigEndian(), TiffDirectory.CompressionName(first.Compression), first.IsTiled)
        {
            Notes = [.. TiffDirectory.Notes(first)],
        };
        _rows = new TiffRowDecoder(tiff, path);
    }

    /// <inheritdoc/>
    public VolumeInfo Info => _axes.Info;

    /// <summary>How the file is stored.</summary>
    public TiffFileFormat Format { get; }

    /// <inheritdoc/>
    public void ReadRows(long plane, int firstRow, int rowCount, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(plane);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(plane, Info.Shape.PlaneCount);
        var (page, sample) = _axes.Planes[(int)plane];
        try
        {
            _rows.Read(_pages[page], sample, firstRow, rowCount, destination);
        }
        catch (InferenceException exception) when (_watch.HasChanged)
        {
            _watch.Require(exception);
            throw;
        }

        _watch.Require();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _tiff.Dispose();
        _watch.Dispose();
    }

    internal static TiffVolumeReader Open(string path)
    {
        TiffPath.CheckReadable(path);
        TiffMessages.Install();
        TiffMessages.Take("");
        TiffMessages.TakeLostTag();
        var watch = FileWatch.Open(path);

        // "m": not mapped into memory. A mapped file that another process truncates ends this one.
        var tiff = Tiff.Open(path, "rm");
        if (tiff is null)
        {
            watch.Dispose();
            throw TiffErrors.Invalid(path,
            $"it is not a TIFF that can be read ({TiffMessages.Take("it does not begin as a TIFF does")}); accepted: TIFF, ImageJ TIFF, OME-TIFF, BigTIFF");
        }

        try
        {
            return new TiffVolumeReader(tiff, watch, path);
        }
        catch
        {
            tiff.Dispose();
            watch.Dispose();
            throw;
        }
    }
}
