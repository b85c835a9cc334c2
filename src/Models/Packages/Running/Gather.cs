using static TorchSharp.torch;

namespace InferenceBridge.Models.Packages;

/// <summary>Cuts blocks out of a part of an image, mirrored where they reach beyond the image.</summary>
internal static class Gather
{
    /// <param name="part">Part of an image.</param>
    /// <param name="dimension">Dimension to cut along.</param>
    /// <param name="partStart">Index in the image of the part's first element.</param>
    /// <param name="size">Length of the whole image.</param>
    /// <param name="start">First index in the image; may be negative.</param>
    /// <param name="length">Length of the block.</param>
    public static Tensor Along(Tensor part, int dimension, int partStart, int size, int start, int length)
    {
        if (start >= 0 && start + length <= size)
        {
            return part.narrow(dimension, start - partStart, length);
        }

        var indices = Enumerable.Range(start, length).Select(i => (long)Edges.Source(i, size, EdgeMode.Mirror) - partStart).ToArray();
        using var index = tensor(indices, device: part.device);
        return part.index_select(dimension, index);
    }
}
