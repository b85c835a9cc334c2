using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Transport;

/// <summary>Counts what comes back and throws it away; compares it with what was sent where asked to.</summary>
internal sealed class CountingWriter(RepeatingVolume sent, bool compare) : IVolumeWriter
{
    public long Bytes { get; private set; }

    public bool IsComplete { get; private set; }

    public VolumeInfo Info => sent.Info;

    public void WriteRows(long plane, int firstRow, int rowCount, ReadOnlySpan<byte> source)
    {
        if (compare && !source.SequenceEqual(sent.Rows(firstRow, rowCount)))
        {
            throw new InvalidDataException($"Plane {plane} came back changed.");
        }

        Bytes += source.Length;
    }

    public void Complete() => IsComplete = true;

    public void Dispose()
    {
        // Nothing is held.
    }
}
