namespace InferenceBridge.Imaging;

/// <summary>A volume in memory, one array a plane, so that its size is not bound by that of one array.</summary>
public sealed class MemoryVolume : IVolumeReader, IVolumeWriter
{
    private readonly byte[][] _planes;

    /// <summary>Creates a volume of zeros.</summary>
    /// <exception cref="InferenceException">A size is below 1, one plane exceeds 2 GiB, or there are more than 2^31 planes.</exception>
    public MemoryVolume(VolumeInfo info)
    {
        info.Shape.Validate("volume");
        if (info.PlaneBytes > Array.MaxLength)
        {
            throw new InferenceException(InferenceError.VolumeTooLarge, "volume",
                $"One plane of {info.PlaneBytes} bytes does not fit into memory; accepted: at most {Array.MaxLength}.");
        }

        if (info.Shape.PlaneCount > Array.MaxLength)
        {
            throw new InferenceException(InferenceError.VolumeTooLarge, "volume",
                $"{info.Shape.PlaneCount} planes do not fit into memory; accepted: at most {Array.MaxLength}.");
        }

        Info = info;
        _planes = new byte[info.Shape.PlaneCount][];
        for (var i = 0; i < _planes.Length; i++)
        {
            _planes[i] = new byte[info.PlaneBytes];
        }
    }

    /// <inheritdoc cref="IVolumeReader.Info"/>
    public VolumeInfo Info { get; }

    /// <summary>Makes a float32 stack from values with X fastest, then Y, then Z.</summary>
    /// <exception cref="ArgumentException">The number of values does not match the shape.</exception>
    public static MemoryVolume FromSingles(ReadOnlySpan<float> values, VolumeShape shape, Calibration? calibration = null)
    {
        if (values.Length != shape.ElementCount)
        {
            throw new ArgumentException($"{values.Length} values for {shape.ElementCount} pixels of {shape}.", nameof(values));
        }

        var volume = new MemoryVolume(new VolumeInfo(shape, PixelType.Float32)
        {
            Calibration = calibration ?? Calibration.None,
        });
        var plane = (int)shape.PlaneElementCount;
        for (var i = 0; i < volume._planes.Length; i++)
        {
            PixelConverter.FromSingle(values.Slice(i * plane, plane), PixelType.Float32, volume._planes[i]);
        }

        return volume;
    }

    /// <summary>Reads a whole volume into memory.</summary>
    public static MemoryVolume From(IVolumeReader reader)
    {
        var volume = new MemoryVolume(reader.Info);
        for (var i = 0; i < volume._planes.Length; i++)
        {
            reader.ReadRows(i, 0, reader.Info.Shape.Height, volume._planes[i]);
        }

        return volume;
    }

    /// <summary>The little-endian pixels of one plane, for reading and writing.</summary>
    public Memory<byte> Plane(long plane) => _planes[plane];

    /// <summary>All pixels as float32, X fastest, then Y, Z, C, T.</summary>
    /// <exception cref="OverflowException">The volume has more pixels than one array holds.</exception>
    public float[] ToSingles()
    {
        var values = new float[checked((int)Info.Shape.ElementCount)];
        var plane = (int)Info.Shape.PlaneElementCount;
        for (var i = 0; i < _planes.Length; i++)
        {
            PixelConverter.ToSingle(_planes[i], Info.PixelType, values.AsSpan(i * plane, plane));
        }

        return values;
    }

    /// <inheritdoc/>
    public void ReadRows(long plane, int firstRow, int rowCount, Span<byte> destination) =>
        Rows(plane, firstRow, rowCount, destination.Length).CopyTo(destination);

    /// <inheritdoc/>
    public void WriteRows(long plane, int firstRow, int rowCount, ReadOnlySpan<byte> source) =>
        source.CopyTo(Rows(plane, firstRow, rowCount, source.Length));

    /// <inheritdoc/>
    public void Complete()
    {
        // Memory is visible as it is written.
    }

    /// <inheritdoc cref="IDisposable.Dispose"/>
    public void Dispose()
    {
        // Nothing but managed memory is held.
    }

    private Span<byte> Rows(long plane, int firstRow, int rowCount, int bytes)
    {
        var rowBytes = Info.Shape.Width * Info.PixelType.BytesPerPixel();
        var rows = _planes[plane].AsSpan(checked(firstRow * rowBytes), checked(rowCount * rowBytes));
        return rows.Length == bytes
            ? rows
            : throw new ArgumentException($"{bytes} bytes for {rowCount} rows of {rowBytes} bytes.");
    }
}
