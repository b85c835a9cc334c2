using BitMiracle.LibTiff.Classic;

namespace InferenceBridge.Imaging;

/// <summary>One open TIFF and the pages of its chain.</summary>
internal sealed class TiffSource : IDisposable
{
    private readonly TiffRowDecoder _rows;

    private TiffSource(Tiff tiff, FileWatch watch, string path)
    {
        (Tiff, Watch, Path) = (tiff, watch, path);
        Chain = TiffDirectory.ReadChain(tiff, path);
        _rows = new TiffRowDecoder(tiff, path);
    }

    /// <summary>Name of the file, as it was given.</summary>
    public string Path { get; }

    /// <summary>The file.</summary>
    public Tiff Tiff { get; }

    /// <summary>Tells whether the file has changed since it was opened.</summary>
    public FileWatch Watch { get; }

    /// <summary>Every page of the chain, smaller copies and pages that are not read among them.</summary>
    public IReadOnlyList<TiffPage> Chain { get; }

    /// <summary>Opens a file and walks its directories.</summary>
    /// <exception cref="InferenceException">As <see cref="VolumeFile.OpenRead"/>.</exception>
    public static TiffSource Open(string path)
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
            return new TiffSource(tiff, watch, path);
        }
        catch
        {
            tiff.Dispose();
            watch.Dispose();
            throw;
        }
    }

    /// <summary>Makes a page the current one.</summary>
    /// <exception cref="InferenceException">It cannot be read.</exception>
    public void Select(TiffPage page)
    {
        if (!Tiff.SetSubDirectory(page.Offset))
        {
            throw TiffErrors.Invalid(Path, $"a page cannot be read: {TiffMessages.Take("unknown cause")}");
        }
    }

    /// <inheritdoc cref="TiffRowDecoder.Read"/>
    public void ReadRows(TiffPage page, TiffColourPlan plan, int channel, int firstRow, int rowCount, Span<byte> destination) =>
        _rows.Read(page, plan, channel, firstRow, rowCount, destination);

    /// <inheritdoc/>
    public void Dispose()
    {
        Tiff.Dispose();
        Watch.Dispose();
    }
}
