using System.Buffers.Binary;
using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Memory;

/// <summary>
/// A uint16 volume of any size at the memory of one plane: plane p is one plane of seeded noise whose rows have moved
/// round by p modulo <see cref="Period"/> steps.
/// </summary>
internal sealed class GeneratedVolume : IVolumeReader
{
    /// <summary>Number of different planes. Those whose numbers differ by a multiple of it are the same.</summary>
    public const int Period = 4;

    private readonly byte[] _noise;
    private readonly int _rowBytes;
    private readonly int _stepRows;

    public GeneratedVolume(VolumeShape shape)
    {
        Info = new VolumeInfo(shape, PixelType.UInt16);
        _rowBytes = shape.Width * sizeof(ushort);
        _stepRows = Math.Max(1, shape.Height / Period);
        _noise = new byte[Info.PlaneBytes];

        // Twelve bits, as most cameras give.
        var random = new Random(1);
        for (var i = 0; i < _noise.Length; i += sizeof(ushort))
        {
            BinaryPrimitives.WriteUInt16LittleEndian(_noise.AsSpan(i), (ushort)random.Next(1 << 12));
        }
    }

    public VolumeInfo Info { get; }

    public void ReadRows(long plane, int firstRow, int rowCount, Span<byte> destination)
    {
        var height = Info.Shape.Height;
        var first = (int)((firstRow + (plane % Period * _stepRows)) % height);
        var untilEnd = Math.Min(rowCount, height - first);
        _noise.AsSpan(first * _rowBytes, untilEnd * _rowBytes).CopyTo(destination);
        _noise.AsSpan(0, (rowCount - untilEnd) * _rowBytes).CopyTo(destination[(untilEnd * _rowBytes)..]);
    }

    public void Dispose()
    {
        // Nothing but managed memory is held.
    }
}
