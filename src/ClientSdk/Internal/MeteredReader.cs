using InferenceBridge.Imaging;

namespace InferenceBridge.Client.Internal;

/// <summary>Measures what is read of a volume, which stays its owner's to dispose. Rows that are read again count again.</summary>
internal sealed class MeteredReader(IVolumeReader inner) : IVolumeReader
{
    public VolumeInfo Info => inner.Info;

    public IntensityMeter Meter { get; } = new(inner.Info);

    public void ReadRows(long plane, int firstRow, int rowCount, Span<byte> destination)
    {
        inner.ReadRows(plane, firstRow, rowCount, destination);
        Meter.Add(plane, destination);
    }

    public void Dispose()
    {
    }
}
