using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace InferenceBridge.Models;

/// <summary>Means over boxes on the CPU, by running sums: a few operations a pixel, however wide the box is.</summary>
internal static class LocalMeanCpu
{
    /// <summary>Two boxes along y and two along x.</summary>
    /// <param name="images">float32, (..., y, x).</param>
    /// <param name="width">Of a box, odd; beyond the faces there is nothing.</param>
    public static Tensor Smoothed(Tensor images, int width)
    {
        using var scope = NewDisposeScope();
        var result = images.contiguous().clone();
        var values = MemoryMarshal.Cast<byte, float>(result.bytes);
        var (rows, columns) = ((int)images.shape[^2], (int)images.shape[^1]);
        var plane = new float[rows * columns];
        var (line, sums) = (new float[columns], new double[columns]);
        for (var at = 0; at < values.Length; at += plane.Length)
        {
            var target = values.Slice(at, plane.Length);
            for (var box = 0; box < 2; box++)
            {
                target.CopyTo(plane);
                Array.Clear(line);
                Down(plane, target, line, rows, columns, width);
            }

            for (var row = 0; row < rows; row++)
            {
                var values0 = target.Slice(row * columns, columns);
                for (var box = 0; box < 2; box++)
                {
                    Along(values0, sums, width);
                }
            }
        }

        return result.MoveToOuterDisposeScope();
    }

    // The sum of all rows in the box goes from row to row: one comes in, one goes out.
    private static void Down(ReadOnlySpan<float> from, Span<float> to, Span<float> sum, int rows, int columns, int width)
    {
        var half = width / 2;
        for (var row = -half; row < rows; row++)
        {
            if (row + half < rows)
            {
                TensorPrimitives.Add(sum, from.Slice((row + half) * columns, columns), sum);
            }

            if (row - half - 1 >= 0)
            {
                TensorPrimitives.Subtract(sum, from.Slice((row - half - 1) * columns, columns), sum);
            }

            if (row >= 0)
            {
                TensorPrimitives.Multiply(sum, 1f / width, to.Slice(row * columns, columns));
            }
        }
    }

    private static void Along(Span<float> line, double[] sums, int width)
    {
        var half = width / 2;
        var sum = 0.0;
        for (var i = 0; i < line.Length; i++)
        {
            sums[i] = sum += line[i];
        }

        for (var i = 0; i < line.Length; i++)
        {
            var before = i - half - 1;
            line[i] = (float)((sums[Math.Min(i + half, line.Length - 1)] - (before >= 0 ? sums[before] : 0)) / width);
        }
    }
}
