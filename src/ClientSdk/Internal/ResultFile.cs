using InferenceBridge.Imaging;

namespace InferenceBridge.Client.Internal;

/// <summary>A result on its way into a file: measured where that decides how it is shown.</summary>
internal sealed class ResultFile(TiffVolumeWriter file, bool isMeasured) : IVolumeWriter
{
    public VolumeInfo Info => file.Info;

    public TiffVolumeWriter File => file;

    public IntensityMeter? Meter { get; } = isMeasured ? new IntensityMeter(file.Info) : null;

    public void WriteRows(long plane, int firstRow, int rowCount, ReadOnlySpan<byte> source)
    {
        file.WriteRows(plane, firstRow, rowCount, source);
        Meter?.Add(plane, source);
    }

    public void Complete() => file.Complete();

    public void Dispose() => file.Dispose();
}
