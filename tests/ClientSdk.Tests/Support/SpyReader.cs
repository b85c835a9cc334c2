using InferenceBridge.Imaging;

namespace InferenceBridge.Client.Tests.Support;

/// <summary>A reader that notices misuse, and fails at a plane if told to.</summary>
internal sealed class SpyReader(MemoryVolume volume, long? failAtPlane = null) : IVolumeReader
{
    private int _inside;

    public VolumeInfo Info => volume.Info;

    public bool IsDisposed { get; private set; }

    public void ReadRows(long plane, int firstRow, int rowCount, Span<byte> destination)
    {
        Assert.False(IsDisposed);
        Assert.Equal(1, Interlocked.Increment(ref _inside));
        if (plane == failAtPlane)
        {
            throw new InferenceException(InferenceError.FileFormatInvalid, "input", "The strip is damaged.");
        }

        volume.ReadRows(plane, firstRow, rowCount, destination);
        Interlocked.Decrement(ref _inside);
    }

    public void Dispose() => IsDisposed = true;
}
