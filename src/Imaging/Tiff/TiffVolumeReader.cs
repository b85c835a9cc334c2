namespace InferenceBridge.Imaging;

/// <summary>A TIFF as a volume. One decoded strip or row of tiles is held at a time, whatever the file's size.</summary>
public sealed class TiffVolumeReader : IVolumeReader
{
    private readonly TiffFileSet _files;
    private readonly TiffAxes _axes;
    private ImageMetadata? _metadata;

    private TiffVolumeReader(TiffSource source)
    {
        _axes = TiffAxes.Read(source);
        _files = new TiffFileSet(source, _axes.OtherFiles);
        Format = new TiffFileFormat(
            _axes.Flavour, TiffDirectory.IsBigTiff(source.Path), source.Tiff.IsBigEndian(), TiffDirectory.CompressionName(_axes.Model.Compression), _axes.Model.IsTiled)
        {
            Notes = _axes.Notes,
        };
    }

    /// <inheritdoc/>
    public VolumeInfo Info => _axes.Info;

    /// <summary>How the file is stored.</summary>
    public TiffFileFormat Format { get; }

    /// <summary>What the file tells beside axes, pixels and calibration; read when it is first asked for.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.FileUnreadable"/>.</exception>
    public ImageMetadata Metadata => _metadata ??= ImageMetadataReader.Read(_files.First.Path, _axes);

    /// <inheritdoc/>
    public void ReadRows(long plane, int firstRow, int rowCount, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(plane);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(plane, Info.Shape.PlaneCount);
        var (file, page, channel) = _axes.Locate(plane);
        var source = _files.Open(file);
        try
        {
            if (_axes.Raw is { } raw)
            {
                raw.Read(page, channel, firstRow, rowCount, destination);
            }
            else
            {
                source.ReadRows(PageOf(source, file, page), _axes.Plan, channel, firstRow, rowCount, destination);
            }
        }
        catch (Exception exception) when (exception is InferenceException or TiffValueException && source.Watch.HasChanged)
        {
            source.Watch.Require(exception);
            throw;
        }
        catch (TiffValueException exception)
        {
            var (t, c, z) = Info.Shape.PlaneAt(plane);
            throw TiffErrors.Invalid(_files.First.Path, $"plane {plane} (t={t}, c={c}, z={z}) has {exception.Message}", exception);
        }

        source.Watch.Require();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _axes.Raw?.Dispose();
        _files.Dispose();
    }

    internal static TiffVolumeReader Open(string path)
    {
        var source = TiffSource.Open(path);
        try
        {
            return new TiffVolumeReader(source);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    // The pages of other files are known only when one of them is opened.
    private TiffPage PageOf(TiffSource source, int file, int page)
    {
        if (file == 0)
        {
            return _axes.Pages[page];
        }

        if (page >= source.Chain.Count)
        {
            throw TiffErrors.Invalid(source.Path, $"the set that it belongs to wants its page {page}; it has {source.Chain.Count}");
        }

        return source.Chain[page].HasSamePixels(_axes.Model)
            ? source.Chain[page]
            : throw TiffErrors.Invalid(source.Path, $"its page {page} has {source.Chain[page]}; accepted in the set that it belongs to: {_axes.Model}");
    }
}
