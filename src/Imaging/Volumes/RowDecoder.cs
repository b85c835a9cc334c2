namespace InferenceBridge.Imaging;

/// <summary>Reads rows of a volume as numbers through a small buffer, so that planes beyond 2 GiB work too.</summary>
internal sealed class RowDecoder(IVolumeReader reader)
{
    private const int BufferBytes = 1 << 18;

    private byte[] _buffer = [];

    internal VolumeInfo Info => reader.Info;

    internal void Read(long plane, int firstRow, int rowCount, Span<float> values)
    {
        foreach (var (row, rows) in Parts(firstRow, rowCount))
        {
            var bytes = ReadBytes(plane, row, rows);
            PixelConverter.ToSingle(bytes, Info.PixelType, Slice(values, row - firstRow, rows));
        }
    }

    internal void Read(long plane, int firstRow, int rowCount, Span<double> values)
    {
        foreach (var (row, rows) in Parts(firstRow, rowCount))
        {
            var bytes = ReadBytes(plane, row, rows);
            PixelConverter.ToDouble(bytes, Info.PixelType, Slice(values, row - firstRow, rows));
        }
    }

    private IEnumerable<(int Row, int Rows)> Parts(int firstRow, int rowCount)
    {
        var rowBytes = checked((long)Info.Shape.Width * Info.PixelType.BytesPerPixel());
        var rows = (int)Math.Clamp(BufferBytes / rowBytes, 1, rowCount);
        for (var row = 0; row < rowCount; row += rows)
        {
            yield return (firstRow + row, Math.Min(rows, rowCount - row));
        }
    }

    private Span<T> Slice<T>(Span<T> values, int row, int rows) =>
        values.Slice(checked(row * Info.Shape.Width), checked(rows * Info.Shape.Width));

    private Span<byte> ReadBytes(long plane, int row, int rows)
    {
        var bytes = checked((int)((long)rows * Info.Shape.Width * Info.PixelType.BytesPerPixel()));
        if (_buffer.Length < bytes)
        {
            _buffer = new byte[bytes];
        }

        var span = _buffer.AsSpan(0, bytes);
        reader.ReadRows(plane, row, rows, span);
        return span;
    }
}
