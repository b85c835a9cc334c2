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
    /// <param name="field">By what the image was moved: pixels from beyond its faces count for nothing.</param>
    /// <returns>The factors' sums, that of the square, and how many pixels count.</returns>
    public static double[][] Sums(NodeGrid grid, Tensor image, Tensor template, Tensor factors, float mean, Tensor field)
    {
        const int count = 4;
        var (height, width) = (grid.Y.Size, grid.X.Size);
        var sums = new NodeAccumulator(grid.Y, grid.X, count + 2);
        var pixels = Values(image);
        var expected = Values(template);
        var weights = Values(factors);
        var displacements = Values(field);
        var alongX = displacements[(height * width)..];
        var (left, right) = (-TensorPrimitives.Min(alongX), TensorPrimitives.Max(alongX));
        float[] rest = new float[width], product = new float[width], seen = new float[width];
        for (var row = 0; row < height; row++)
        {
            var at = row * width;
            var alongY = displacements.Slice(at, width);
            var isInside = row + TensorPrimitives.Min(alongY) >= 0 && row + TensorPrimitives.Max(alongY) <= height - 1;
            Array.Fill(seen, 1);
            for (var x = 0; x < width; x++)
            {
                if (isInside && x >= left && x <= width - 1 - right)
                {
                    // Far from the faces along x, until close to the other one.
                    x = Math.Max(x, (int)Math.Floor(width - 1 - right) - 1);
                    continue;
                }

                var (toY, toX) = (row + alongY[x], x + alongX[at + x]);
                seen[x] = toY >= 0 && toY <= height - 1 && toX >= 0 && toX <= width - 1 ? 1 : 0;
            }

            TensorPrimitives.Subtract(pixels.Slice(at, width), expected.Slice(at, width), rest);
            TensorPrimitives.Subtract(rest, mean, rest);
            TensorPrimitives.Multiply<float>(rest, seen, rest);
            for (var i = 0; i < count; i++)
            {
                TensorPrimitives.Multiply<float>(rest, weights.Slice((i * height * width) + at, width), product);
                sums.Add(i, row, product);
            }

            TensorPrimitives.Multiply<float>(product, rest, product);
            sums.Add(count, row, product);
            sums.Add(count + 1, row, seen);
        }

        return sums.ToSums();
    }

    private static ReadOnlySpan<float> Values(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
