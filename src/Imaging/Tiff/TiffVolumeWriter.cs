namespace InferenceBridge.Imaging;

/// <summary>
/// Writes a TIFF under a temporary name beside its own and renames it when it is complete. Planes come with Z fastest;
/// where ImageJ wants C fastest, the planes of one frame wait in a spool file.
/// </summary>
public sealed class TiffVolumeWriter : IVolumeWriter
{
    private readonly string _path;
    private readonly TiffFlavour _flavour;
    private readonly string _temporary;
    private readonly TiffPageLayout _layout;
    private readonly PlaneSpool? _spool;
    private readonly IReadOnlyList<ChannelLut> _luts;
    private ITiffPages? _pages;
    private long _nextPlane;
    private int _nextRow;

    internal TiffVolumeWriter(string path, VolumeInfo info, TiffWriteOptions options)
    {
        info.Shape.Validate(path);
        (_path, Info, Metadata, _flavour) = (path, info, options.Metadata, options.FlavourOf(path));
        _luts = Metadata.Luts;
        _layout = new TiffPageLayout(info, _flavour);
        _temporary = TiffPath.Temporary(path, "part");
        var compressor = new TiffCompressor(options.Compression, _flavour, info.PixelType);
        var bigTiff = _layout.EstimatedBytes > options.BigTiffThresholdBytes;
        var spools = _flavour == TiffFlavour.ImageJ && info.Shape is { Channels: > 1, Depth: > 1 };
        if (options.Compression == TiffCompression.None)
        {
            DiskSpace.Require(path, info.TotalBytes + (spools ? PlanesPerFrame * info.PlaneBytes : 0));
        }

        try
        {
            Guard(() => _pages = options.Compression == TiffCompression.None
                ? new RawPages(_temporary, _layout, bigTiff)
                : new CompressedPages(_temporary, _layout, compressor, LutOfEveryPage(), bigTiff));
            _spool = spools ? new PlaneSpool(TiffPath.Temporary(path, "planes"), path, info.TotalBytes) : null;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public VolumeInfo Info { get; }

    /// <summary>
    /// What the file will tell beside axes, pixels and calibration; may change until <see cref="Complete"/>, but for its LUTs,
    /// which are those that the writer was created with.
    /// </summary>
    public ImageMetadata Metadata { get; set; }

    private long PlanesPerFrame => (long)Info.Shape.Channels * Info.Shape.Depth;

    /// <inheritdoc/>
    public void WriteRows(long plane, int firstRow, int rowCount, ReadOnlySpan<byte> source)
    {
        ObjectDisposedException.ThrowIf(_pages is null, this);
        if (plane != _nextPlane || firstRow != _nextRow || rowCount < 1 || firstRow + (long)rowCount > Info.Shape.Height
            || source.Length != (long)rowCount * _layout.RowBytes || plane >= Info.Shape.PlaneCount)
        {
            throw new ArgumentException($"Rows {firstRow} to {firstRow + (long)rowCount - 1} of plane {plane} in {source.Length} bytes; "
                + $"accepted: rows of {_layout.RowBytes} bytes from row {_nextRow} of plane {_nextPlane}.");
        }

        if (_spool is null)
        {
            Append(source);
        }
        else
        {
            _spool.Write(((plane % PlanesPerFrame) * Info.PlaneBytes) + ((long)firstRow * _layout.RowBytes), source);
        }

        _nextRow += rowCount;
        if (_nextRow == Info.Shape.Height)
        {
            (_nextPlane, _nextRow) = (_nextPlane + 1, 0);
            if (_spool is not null && _nextPlane % PlanesPerFrame == 0)
            {
                AppendSpooledFrame(_spool);
            }
        }
    }

    /// <inheritdoc/>
    public void Complete()
    {
        ObjectDisposedException.ThrowIf(_pages is null, this);
        if (_nextPlane != Info.Shape.PlaneCount)
        {
            throw new InvalidOperationException($"{_nextPlane} of {Info.Shape.PlaneCount} planes have been written.");
        }

        var tags = MetadataTags.For(Info, Metadata with { Luts = _luts }, _flavour, Path.GetFileName(_path));
        Guard(() =>
        {
            _pages.Finish(tags);
            _pages.Dispose();
            _pages = null;
            File.Move(_temporary, _path, overwrite: true);
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pages?.Dispose();
        _pages = null;
        _spool?.Dispose();
        File.Delete(_temporary);
    }

    // Of compressed pages ImageJ opens only the first, unless all of them are of one kind; a colour map makes another kind of uint8.
    private ChannelLut? LutOfEveryPage() =>
        _flavour == TiffFlavour.ImageJ && Info is { PixelType: PixelType.UInt8, Shape.Channels: 1 } && _luts is [var lut] ? lut : null;

    private void AppendSpooledFrame(PlaneSpool spool)
    {
        var strip = new byte[checked(_layout.RowsPerStrip * _layout.RowBytes)];
        for (var z = 0; z < Info.Shape.Depth; z++)
        {
            for (var c = 0; c < Info.Shape.Channels; c++)
            {
                var offset = (((long)c * Info.Shape.Depth) + z) * Info.PlaneBytes;
                for (var row = 0; row < Info.Shape.Height; row += _layout.RowsPerStrip)
                {
                    var rows = strip.AsSpan(0, Math.Min(_layout.RowsPerStrip, Info.Shape.Height - row) * _layout.RowBytes);
                    spool.Read(offset + ((long)row * _layout.RowBytes), rows);
                    Append(rows);
                }
            }
        }
    }

    private void Append(ReadOnlySpan<byte> rows)
    {
        try
        {
            _pages!.Append(rows);
        }
        catch (Exception exception) when (DiskSpace.IsRefusal(exception))
        {
            throw DiskSpace.Stopped(_path, Info.TotalBytes, exception.Message.TrimEnd('.'), exception);
        }
    }

    private void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (DiskSpace.IsRefusal(exception))
        {
            throw DiskSpace.Stopped(_path, Info.TotalBytes, exception.Message.TrimEnd('.'), exception);
        }
    }
}
