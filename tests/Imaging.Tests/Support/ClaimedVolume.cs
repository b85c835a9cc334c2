namespace InferenceBridge.Imaging.Tests;

/// <summary>A volume that is all claim: reading it fails.</summary>
internal sealed class ClaimedVolume(VolumeShape shape) : IVolumeReader
{
    public VolumeInfo Info { get; } = new(shape, PixelType.UInt8);

    public void ReadRows(long plane, int firstRow, int rowCount, Span<byte> destination) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
