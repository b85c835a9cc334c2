using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Transport;

/// <summary>A volume whose planes are all the same bytes: large, at hardly any cost.</summary>
internal sealed class RepeatingVolume : IVolumeReader
{
    private readonly byte[] _plane;

    public RepeatingVolume(VolumeShape shape)
    {
        Info = new VolumeInfo(shape, PixelType.UInt16);
        _plane = new byte[Info.PlaneBytes];
        new Random(1).NextBytes(_plane);
    }

    public VolumeInfo Info { get; }

    private int RowBytes => Info.Shape.Width * sizeof(ushort);

    public ReadOnlySpan<byte> Rows(int firstRow, int rowCount) => _plane.AsSpan(firstRow * RowBytes, rowCount * RowBytes);

    public void ReadRows(long plane, int firstRow, int rowCount, Span<byte> destination) => Rows(firstRow, rowCount).CopyTo(destination);

    public void Dispose()
    {
        // Nothing but managed memory is held.
    }
}
