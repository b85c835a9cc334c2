using System.Runtime.InteropServices;
using InferenceBridge.Imaging;
using TorchSharp;
using static TorchSharp.torch;

namespace InferenceBridge.Server.Jobs;

/// <summary>Brings the pixels of tiles into tensors and back.</summary>
internal static class TileLoader
{
    /// <summary>The tile's input as a float32 tensor (z, y, x), contiguous, on the device.</summary>
    public static Tensor Load(IPlaneSource source, VolumeInfo image, long firstPlaneOfStack, Box input, Device device)
    {
        var tile = empty([input.Depth, input.Height, input.Width], ScalarType.Float32);
        for (var z = 0; z < input.Depth; z++)
        {
            using var plane = tile.select(0, z);
            var values = MemoryMarshal.Cast<byte, float>(plane.bytes);
            var rows = source.Rows(firstPlaneOfStack + input.Z + z, input.Y, input.Height);
            Decode(rows, image, input, values);
        }

        return device.type == DeviceType.CPU ? tile : tile.to(device, disposeAfter: true);
    }

    /// <summary>Copies the core of a computed tile to its place in the slab.</summary>
    public static void Store(Tensor computed, Tile tile, Box slab, Tensor result)
    {
        var (core, input) = (tile.Core, tile.Input);
        var source = Cut(computed, core.Z - input.Z, core.Y - input.Y, core.X - input.X, core);
        Cut(result, core.Z - slab.Z, core.Y, core.X, core).copy_(source);
    }

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
