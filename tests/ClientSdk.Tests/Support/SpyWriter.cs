using InferenceBridge.Imaging;

namespace InferenceBridge.Client.Tests.Support;

/// <summary>A writer that remembers what was done to it, and fails at a plane if told to.</summary>
internal sealed class SpyWriter(VolumeInfo info, long? failAtPlane = null) : IVolumeWriter
{
    public MemoryVolume Volume { get; } = new(info);

    public VolumeInfo Info => Volume.Info;

    public bool IsComplete { get; private set; }

    public bool IsDisposed { get; private set; }

    public void WriteRows(long plane, int firstRow, int rowCount, ReadOnlySpan<byte> source)
    {
        if (plane == failAtPlane)
        {
            throw new InferenceException(InferenceError.FileUnwritable, "output", "The disk is full.");
        }

        Volume.WriteRows(plane, firstRow, rowCount, source);
    }

    public void Complete() => IsComplete = true;

    public void Dispose() => IsDisposed = true;
}
