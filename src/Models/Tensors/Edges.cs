using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// Extends images beyond their faces. Unlike libtorch's padding operators, it takes any margin, also one longer than the image.
/// </summary>
internal static class Edges
{
    /// <summary>The image extended along one axis; the caller disposes.</summary>
    public static Tensor Pad(Tensor image, int axis, int before, int after, EdgeMode mode)
    {
        var size = checked((int)image.shape[axis]);
        var shape = image.shape;
        shape[axis] = checked(before + size + after);
        var padded = empty(shape, image.dtype, image.device);
        padded.narrow(axis, before, size).copy_(image);

        // Only the margins are gathered by index: that is many times slower than a copy.
        var sources = Enumerable.Range(-before, before).Concat(Enumerable.Range(size, after)).Select(i => (long)Source(i, size, mode)).ToArray();
        if (sources.Length > 0)
        {
            using var index = tensor(sources, device: image.device);
            using var margins = image.index_select(axis, index);
            padded.narrow(axis, 0, before).copy_(margins.narrow(axis, 0, before));
            padded.narrow(axis, before + size, after).copy_(margins.narrow(axis, before, after));
        }

        return padded;
    }

    /// <summary>
    /// The image, symmetrically extended to a periodic grid whose first voxel is the image's: half of what is added follows the
    /// image, the other half precedes it, at the grid's end. The caller disposes.
    /// </summary>
    public static Tensor Wrap(Tensor image, FourierGrid grid)
    {
        using var deep = Wrap(image, 0, grid.Depth);
        using var high = Wrap(deep, 1, grid.Height);
        return Wrap(high, 2, grid.Width);
    }

    private static Tensor Wrap(Tensor image, int axis, int length)
    {
        var size = checked((int)image.shape[axis]);
        var after = (length - size + 1) / 2;
        var indices = new long[length];
        for (var i = 0; i < length; i++)
        {
            indices[i] = Source(i < size + after ? i : i - length, size, EdgeMode.Symmetric);
        }

        using var index = tensor(indices, device: image.device);
        return image.index_select(axis, index);
    }

    /// <summary>Where the value at a position beyond the image comes from.</summary>
    internal static int Source(int position, int size, EdgeMode mode)
    {
        switch (mode)
        {
            case EdgeMode.Nearest:
                return Math.Clamp(position, 0, size - 1);
            case EdgeMode.Symmetric:
                var folded = Modulo(position, 2 * size);
                return folded < size ? folded : (2 * size) - 1 - folded;
            default:
                if (size == 1)
                {
                    return 0;
                }

                var mirrored = Modulo(position, (2 * size) - 2);
                return mirrored < size ? mirrored : (2 * size) - 2 - mirrored;
        }
    }

    private static int Modulo(int value, int period) => ((value % period) + period) % period;
}
