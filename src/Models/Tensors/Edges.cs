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
        var indices = new long[checked(before + size + after)];
        for (var i = 0; i < indices.Length; i++)
        {
            indices[i] = Source(i - before, size, mode);
        }

        using var index = tensor(indices, device: image.device);
        return image.index_select(axis, index);
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
