using System.Buffers;
using System.Runtime.InteropServices;
using InferenceBridge.Imaging;
using static TorchSharp.torch;

namespace InferenceBridge.Server.Jobs;

/// <summary>Turns computed slabs into chunks of the result, gathering statistics before values are rounded.</summary>
internal sealed class SlabEncoder(VolumeInfo result, int chunkBytes)
{
    private readonly StatisticsAccumulator _statistics = new();

    public long SaturatedVoxels { get; private set; }

    public IntensityStatistics Statistics => _statistics.ToStatistics();

    /// <summary>The chunks that hold a slab.</summary>
    public IEnumerable<ChunkRange> Ranges(long firstPlane, int planes) => ChunkLayout.Split(result, firstPlane, planes, chunkBytes);

    /// <summary>Encodes one chunk into a buffer of the shared pool.</summary>
    /// <param name="slab">float32 (z, y, x) on the CPU.</param>
    /// <param name="firstPlane">Number of the slab's first plane.</param>
    /// <param name="range">Planes and rows of the chunk.</param>
    public (byte[] Rented, int Length) Encode(Tensor slab, long firstPlane, ChunkRange range)
    {
        var width = result.Shape.Width;
        var pixels = width * range.RowCount;
        var bytes = pixels * result.PixelType.BytesPerPixel();
        var rented = ArrayPool<byte>.Shared.Rent(bytes * range.PlaneCount);
        for (var i = 0; i < range.PlaneCount; i++)
        {
            using var plane = slab.select(0, range.FirstPlane - firstPlane + i);
            var values = MemoryMarshal.Cast<byte, float>(plane.bytes).Slice(range.FirstRow * width, pixels);
            _statistics.Add(values);
            SaturatedVoxels += PixelConverter.FromSingle(values, result.PixelType, rented.AsSpan(i * bytes, bytes));
        }

        return (rented, bytes * range.PlaneCount);
    }
}
