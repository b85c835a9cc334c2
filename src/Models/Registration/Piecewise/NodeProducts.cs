using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Tensor = TorchSharp.torch.Tensor;

namespace InferenceBridge.Models;

/// <summary>What <see cref="NodeGradient"/> sums for an image, in one go over its rows on the CPU.</summary>
internal static class NodeProducts
{
    /// <summary>Sums around nodes of the residual times each factor, and of its square times the last one.</summary>
    /// <param name="grid">Nodes.</param>
    /// <param name="image">float32, (y, x), contiguous, as the template.</param>
    /// <param name="template">Its mean is 0.</param>
    /// <param name="factors">(4, y, x).</param>
    /// <param name="mean">Is taken off the image.</param>
    /// <param name="rows">Rows that count.</param>
    /// <param name="columns">Columns that count.</param>
    public static double[][] Sums(NodeGrid grid, Tensor image, Tensor template, Tensor factors, float mean, (long From, long To) rows, (long From, long To) columns)
    {
        const int count = 4;
        var (height, width) = (grid.Y.Size, grid.X.Size);
        var sums = new NodeAccumulator(grid.Y, grid.X, count + 1);
        var pixels = Values(image);
        var expected = Values(template);
        var weights = Values(factors);
        float[] rest = new float[width], product = new float[width];
        for (var row = (int)rows.From; row < rows.To; row++)
        {
            var at = row * width;
            TensorPrimitives.Subtract(pixels.Slice(at, width), expected.Slice(at, width), rest);
            TensorPrimitives.Subtract(rest, mean, rest);
            rest.AsSpan(0, (int)columns.From).Clear();
            rest.AsSpan((int)columns.To).Clear();
            for (var i = 0; i < count; i++)
            {
                TensorPrimitives.Multiply<float>(rest, weights.Slice((i * height * width) + at, width), product);
                sums.Add(i, row, product);
            }

            TensorPrimitives.Multiply<float>(product, rest, product);
            sums.Add(count, row, product);
        }

        return sums.ToSums();
    }

    private static ReadOnlySpan<float> Values(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
