using BitMiracle.LibTiff.Classic;

namespace InferenceBridge.Imaging;

/// <summary>
/// Writes a TIFF under a temporary name beside its own and renames it when it is complete. Planes come with Z fastest;
/// where ImageJ wants C fastest, the planes of one frame wait in a spool file.
/// </summary>
public sealed class TiffVolumeWriter : IVolumeWriter
{
    private readonly string _path;
    private readonly TiffFlavour _flavour;
    private readonly TiffCompressor _compressor;
    private readonly string _temporary;
    private readonly PlaneSpool? _spool;
    private readonly byte[] _buffer;
    private readonly int _rowsPerStrip;
    private Tiff? _tiff;
    private long _nextPlane;
    private int _nextRow;
    private int _bufferedRows;

    internal TiffVolumeWriter(string path, VolumeInfo info, TiffWriteOptions options)
    {
        info.Shape.Validate(path);
        (_path, Info, Metadata) = (path, info, options.Metadata);
        _flavour = options.FlavourOf(path);
        _compressor = new TiffCompressor(options.Compression, _flavour, info);
        _temporary = TiffPath.Temporary(path, "part");
        RowBytes = checked(info.Shape.Width * info.PixelType.BytesPerPixel());

        // Strips of about 8 MiB: few enough for a quick directory, small enough for memory.
        _rowsPerStrip = Math.Clamp((8 << 20) / RowBytes, 1, info.Shape.Height);
        _buffer = new byte[checked(_rowsPerStrip * RowBytes)];
        TiffMessages.Install();
        TiffMessages.Take("");
        _tiff = Tiff.Open(_temporary, EstimatedBytes() > options.BigTiffThresholdBytes ? "w8l" : "wl")
            ?? throw TiffErrors.Unwritable(path, TiffMessages.Take("the file cannot be created"));
        if (_flavour == TiffFlavour.ImageJ && info.Shape is { Channels: > 1, Depth: > 1 })
        {
            _spool = new PlaneSpool(TiffPath.Temporary(path, "planes"), path);
        }
    }

    /// <inheritdoc/>
    public VolumeInfo Info { get; }

    /// <summary>What the file will tell beside axes, pixels and calibration; may change until <see cref="Complete"/>.</summary>
    public ImageMetadata Metadata { get; set; }

    private int RowBytes { get; }

    private long PlanesPerFrame => (long)Info.Shape.Channels * Info.Shape.Depth;

    /// <inheritdoc/>
    public void WriteRows(long plane, int firstRow, int rowCount, ReadOnlySpan<byte> source)
    {
        ObjectDisposedException.ThrowIf(_tiff is null, this);
        if (plane != _nextPlane || firstRow != _nextRow || rowCount < 1 || firstRow + (long)rowCount > Info.Shape.Height
            || source.Length != (long)rowCount * RowBytes || plane >= Info.Shape.PlaneCount)
        {
            throw new ArgumentException($"Rows {firstRow} to {firstRow + (long)rowCount - 1} of plane {plane} in {source.Length} bytes; "
                + $"accepted: rows of {RowBytes} bytes from row {_nextRow} of plane {_nextPlane}.");
        }

        if (_spool is null)
        {
            Append(source);
        }
        else
        {
            _spool.Write(((plane % PlanesPerFrame) * Info.PlaneBytes) + ((long)firstRow * RowBytes), source);
        }

        _nextRow += rowCount;
        if (_nextRow == Info.Shape.Height)
        {
            (_nextPlane, _nextRow) = (_nextPlane + 1, 0);
            if (_spool is not null && _nextPlane % PlanesPerFrame == 0)
            {
                AppendSpooledFrame();
            }
        }
    }

    /// <inheritdoc/>
    public void Complete()
    {
        ObjectDisposedException.ThrowIf(_tiff is null, this);
        if (_nextPlane != Info.Shape.PlaneCount)
        {
            throw new InvalidOperationException($"{_nextPlane} of {Info.Shape.PlaneCount} planes have been written.");
        }

        // Closing flushes; what it could not write shows in the message.
        _tiff.Dispose();
        _tiff = null;
        if (TiffMessages.Take("") is { Length: > 0 } error)
        {
            throw TiffErrors.Unwritable(_path, error);
        }

        try
        {
            RawDirectoryWriter.SetTags(_temporary, MetadataTags.For(Info, Metadata, _flavour, Path.GetFileName(_path)));
            File.Move(_temporary, _path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw TiffErrors.Unwritable(_path, exception.Message.TrimEnd('.'), exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _tiff?.Dispose();
        _tiff = null;
        _spool?.Dispose();
        File.Delete(_temporary);
    }

    private void AppendSpooledFrame()
    {
        for (var z = 0; z < Info.Shape.Depth; z++)
        {
            for (var c = 0; c < Info.Shape.Channels; c++)
            {
                var offset = (((long)c * Info.Shape.Depth) + z) * Info.PlaneBytes;
                for (var row = 0; row < Info.Shape.Height; row += _rowsPerStrip)
                {
                    var rows = Math.Min(_rowsPerStrip, Info.Shape.Height - row);
                    _spool!.Read(offset + ((long)row * RowBytes), _buffer.AsSpan(0, rows * RowBytes));
                    _bufferedRows = rows;
                    WriteStrip(row, row + rows == Info.Shape.Height);
                }
            }
        }
    }

    private void Append(ReadOnlySpan<byte> rows)
    {
        var row = _nextRow;
        while (!rows.IsEmpty)
        {
            var count = Math.Min(rows.Length / RowBytes, _rowsPerStrip - _bufferedRows);
            rows[..(count * RowBytes)].CopyTo(_buffer.AsSpan(_bufferedRows * RowBytes));
            rows = rows[(count * RowBytes)..];
            _bufferedRows += count;
            row += count;
            if (_bufferedRows == _rowsPerStrip || row == Info.Shape.Height)
            {
                WriteStrip(row - _bufferedRows, row == Info.Shape.Height);
            }
        }
    }

    private void WriteStrip(int firstRow, bool isLast)
    {
        if (firstRow == 0)
        {
            SetTags();
        }

        var bytes = _bufferedRows * RowBytes;
        _bufferedRows = 0;
        Check(_tiff!.WriteEncodedStrip(firstRow / _rowsPerStrip, _buffer, 0, bytes));
        if (isLast)
        {
            Check(_tiff.WriteDirectory());
        }
    }

    private void SetTags()
    {
        var tiff = _tiff!;
        var type = Info.PixelType;
        tiff.SetField(TiffTag.IMAGEWIDTH, Info.Shape.Width);
        tiff.SetField(TiffTag.IMAGELENGTH, Info.Shape.Height);
        tiff.SetField(TiffTag.BITSPERSAMPLE, type.BytesPerPixel() * 8);
        tiff.SetField(TiffTag.SAMPLESPERPIXEL, 1);
        tiff.SetField(TiffTag.ROWSPERSTRIP, _rowsPerStrip);
        tiff.SetField(TiffTag.PLANARCONFIG, (int)PlanarConfig.CONTIG);
        tiff.SetField(TiffTag.PHOTOMETRIC, (int)Photometric.MINISBLACK);
        tiff.SetField(TiffTag.SAMPLEFORMAT, (int)(type switch
        {
            PixelType.Float32 or PixelType.Float64 => SampleFormat.IEEEFP,
            PixelType.Int16 or PixelType.Int32 => SampleFormat.INT,
            _ => SampleFormat.UINT,
        }));
        SetResolution(tiff);
        _compressor.SetTags(tiff, _buffer.AsSpan(0, _bufferedRows * RowBytes), RowBytes);
    }

    // ImageJ reads pixels per unit, whatever the unit; others read centimetres.
    private void SetResolution(Tiff tiff)
    {
        var calibration = Info.Calibration;
        if (calibration.Unit == "pixel" || calibration.VoxelWidth <= 0 || calibration.VoxelHeight <= 0)
        {
            return;
        }

        var isImageJ = _flavour == TiffFlavour.ImageJ;
        var scale = isImageJ ? 1 : LengthUnits.TryGetMicrometres(calibration.Unit, out var micrometres) ? 1e4 / micrometres : 0;
        if (scale > 0)
        {
            tiff.SetField(TiffTag.XRESOLUTION, scale / calibration.VoxelWidth);
            tiff.SetField(TiffTag.YRESOLUTION, scale / calibration.VoxelHeight);
            tiff.SetField(TiffTag.RESOLUTIONUNIT, (int)(isImageJ ? ResUnit.NONE : ResUnit.CENTIMETER));
        }
    }

    // Directories count where planes are small; incompressible pixels grow a little when compressed.
    private long EstimatedBytes()
    {
        long strips = ((Info.Shape.Height - 1) / _rowsPerStrip) + 1;
        return checked(Info.TotalBytes + (Info.TotalBytes / 512) + (Info.Shape.PlaneCount * (320 + (16 * strips))));
    }

    private void Check(bool written)
    {
        if (!written)
        {
            throw TiffErrors.Unwritable(_path, TiffMessages.Take("the disk may be full"));
        }
    }
}
