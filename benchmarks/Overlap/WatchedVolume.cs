using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Overlap;

/// <summary>An image and the result of its job, which notes how much of the image had been read when the first result came.</summary>
internal sealed class WatchedVolume(IVolumeReader image) : IVolumeReader
{
    private long _bytesRead;

    public VolumeInfo Info => image.Info;

    /// <summary>Share of the image that the client had taken for sending when the first rows of the result came.</summary>
    public double? SentAtFirstResult { get; private set; }

    public void ReadRows(long plane, int firstRow, int rowCount, Span<byte> destination)
    {
        Interlocked.Add(ref _bytesRead, destination.Length);
        image.ReadRows(plane, firstRow, rowCount, destination);
    }

    public IVolumeWriter Writer(VolumeInfo result) => new FirstResult(result, this);

    public void Dispose()
    {
        // The image is the caller's.
    }

    private sealed class FirstResult(VolumeInfo info, WatchedVolume watched) : IVolumeWriter
    {
        public VolumeInfo Info => info;

        public void WriteRows(long plane, int firstRow, int rowCount, ReadOnlySpan<byte> source) =>
            watched.SentAtFirstResult ??= Interlocked.Read(ref watched._bytesRead) / (double)watched.Info.TotalBytes;

        public void Complete()
        {
            // Nothing is kept.
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
