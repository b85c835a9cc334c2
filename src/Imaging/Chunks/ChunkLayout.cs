namespace InferenceBridge.Imaging;

/// <summary>Cuts runs of planes into chunks of at most a given number of bytes.</summary>
public static class ChunkLayout
{
    /// <summary>
    /// Bytes that a chunk aims at. Messages of about 1 MiB move fastest over loopback and the networks of a laboratory.
    /// </summary>
    public const int DefaultChunkBytes = 1 << 20;

    /// <summary>Cuts <paramref name="planeCount"/> planes, in order.</summary>
    /// <param name="info">The volume that they belong to.</param>
    /// <param name="firstPlane">First plane.</param>
    /// <param name="planeCount">Number of planes.</param>
    /// <param name="maximumBytes">Bytes of a chunk at most; a chunk has at least one row, whatever it takes.</param>
    public static IEnumerable<ChunkRange> Split(VolumeInfo info, long firstPlane, long planeCount, int maximumBytes = DefaultChunkBytes)
    {
        var rowBytes = checked((long)info.Shape.Width * info.PixelType.BytesPerPixel());
        var endPlane = checked(firstPlane + planeCount);
        if (info.PlaneBytes <= maximumBytes)
        {
            var planes = (int)Math.Min(int.MaxValue, maximumBytes / info.PlaneBytes);
            for (var plane = firstPlane; plane < endPlane; plane += planes)
            {
                yield return new ChunkRange(plane, (int)Math.Min(planes, endPlane - plane), 0, info.Shape.Height);
            }

            yield break;
        }

        var rows = (int)Math.Clamp(maximumBytes / rowBytes, 1, info.Shape.Height);
        for (var plane = firstPlane; plane < endPlane; plane++)
        {
            for (long row = 0; row < info.Shape.Height; row += rows)
            {
                yield return new ChunkRange(plane, 1, (int)row, (int)Math.Min(rows, info.Shape.Height - row));
            }
        }
    }
}
