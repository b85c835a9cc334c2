using System.Runtime.InteropServices;
using InferenceBridge.Imaging;
using static TorchSharp.torch;

namespace InferenceBridge.Server.Jobs;

/// <summary>Brings the pixels of tiles into tensors and back.</summary>
internal static class TileLoader
{
    /// <summary>The tile's input as a float32 tensor (z, y, x), contiguous, on the CPU.</summary>
    public static Tensor Load(IPlaneSource source, VolumeInfo image, long firstPlaneOfStack, Box input)
    {
        var tile = empty([input.Depth, input.Height, input.Width], ScalarType.Float32);
        for (var z = 0; z < input.Depth; z++)
        {
            using var plane = tile.select(0, z);
            var values = MemoryMarshal.Cast<byte, float>(plane.bytes);
            var rows = source.Rows(firstPlaneOfStack + input.Z + z, input.Y, input.Height);
            Decode(rows, image, input, values);
        }

        return tile;
    }

    /// <summary>The core of a computed tile: a view.</summary>
    public static Tensor CoreOf(Tensor computed, Tile tile)
    {
        var (core, input) = (tile.Core, tile.Input);
        return Cut(computed, core.Z - input.Z, core.Y - input.Y, core.X - input.X, core);
    }

    /// <summary>Where the core of a tile belongs in its slab: a view.</summary>
    public static Tensor PlaceOf(Tile tile, Box slab, Tensor result) => Cut(result, tile.Core.Z - slab.Z, tile.Core.Y, tile.Core.X, tile.Core);

    private static Tensor Cut(Tensor tensor, long z, long y, long x, Box core) =>
        tensor.narrow(0, z, core.Depth).narrow(1, y, core.Height).narrow(2, x, core.Width);

    private static void Decode(ReadOnlySpan<byte> rows, VolumeInfo image, Box input, Span<float> values)
    {
        if (input.Width == image.Shape.Width)
        {
            PixelConverter.ToSingle(rows, image.PixelType, values);
            return;
        }

        var pixelBytes = image.PixelType.BytesPerPixel();
        for (var y = 0; y < input.Height; y++)
        {
            var row = rows.Slice((y * image.Shape.Width + input.X) * pixelBytes, input.Width * pixelBytes);
            PixelConverter.ToSingle(row, image.PixelType, values.Slice(y * input.Width, input.Width));
        }
    }
}
