using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Memory;

/// <summary>
/// Takes a result plane by plane and keeps one checksum of each of the first planes; later planes must repeat them, as
/// those of a <see cref="GeneratedVolume"/> do after an operation that treats every plane alike.
/// </summary>
internal sealed class ChecksumWriter(VolumeInfo info) : IVolumeWriter
{
    private readonly List<uint> _first = [];
    private uint _plane;

    public VolumeInfo Info => info;

    /// <summary>CRC-32C of the first <see cref="GeneratedVolume.Period"/> planes.</summary>
    public IReadOnlyList<uint> Checksums => _first;

    public long Bytes { get; private set; }

    public bool IsComplete { get; private set; }

    public void WriteRows(long plane, int firstRow, int rowCount, ReadOnlySpan<byte> source)
    {
        // A checksum of checksums: rows come in order, and the chunks' borders are the same in every plane.
        _plane = Combine(firstRow == 0 ? 0 : _plane, Crc32C.Compute(source));
        Bytes += source.Length;
        if (firstRow + rowCount < info.Shape.Height)
        {
            return;
        }

        if (plane < GeneratedVolume.Period)
        {
            _first.Add(_plane);
        }
        else if (_plane != _first[(int)(plane % GeneratedVolume.Period)])
        {
            throw new InvalidDataException($"Plane {plane} of the result differs from plane {plane % GeneratedVolume.Period}, though their images are the same.");
        }
    }

    public void Complete() => IsComplete = true;

    public void Dispose()
    {
        // Nothing is held.
    }

    private static uint Combine(uint sum, uint next) => unchecked((sum * 31) + next);
}
