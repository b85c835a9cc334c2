using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace InferenceBridge.Models;

/// <summary>Shifts of float32 images along y and x on the CPU, row by row: a row's taps stay in the core's cache.</summary>
internal static class ShiftCpu
{
    // Rows below which a thread of its own does not pay.
    private const int RowsEach = 128;

    /// <summary>As <see cref="Resampler.Shift"/> along the last two axes.</summary>
    /// <param name="image">float32, (..., y, x), on the CPU.</param>
    /// <param name="y">Displacement in px.</param>
    /// <param name="x">Likewise along x.</param>
    /// <param name="interpolation">How values between pixels are made.</param>
    public static Tensor Shift(Tensor image, double y, double x, Interpolation interpolation)
    {
        using var scope = NewDisposeScope();
        var source = image.contiguous();
        var result = empty(image.shape);
        var (height, width) = (checked((int)image.shape[^2]), checked((int)image.shape[^1]));
        var rows = checked((int)(image.numel() / width));
        var vertical = Taps(y, height, interpolation);
        var horizontal = Taps(x, width, interpolation);
        void Run(int from, int to)
        {
            var input = MemoryMarshal.Cast<byte, float>(source.bytes);
            var output = MemoryMarshal.Cast<byte, float>(result.bytes);
            var (before, after) = (Math.Max(0, -horizontal.First), Math.Max(0, horizontal.First + horizontal.Weights.Length - 1));
            var padded = new float[before + width + after];
            for (var row = from; row < to; row++)
            {
                var (plane, line) = Math.DivRem(row, height);
                Span<float> middle = padded.AsSpan(before, width);
                Mix(input.Slice(plane * height * width, height * width), line + vertical.First, height, width, vertical.Weights, middle);
                padded.AsSpan(0, before).Fill(middle[0]);
                padded.AsSpan(before + width).Fill(middle[^1]);
                var target = output.Slice(row * width, width);
                ReadOnlySpan<float> taps = padded.AsSpan(before + horizontal.First);
                if (horizontal.Weights.Length == 1)
                {
                    taps[..width].CopyTo(target);
                    continue;
                }

                TensorPrimitives.Multiply(taps[..width], horizontal.Weights[0], target);
                for (var i = 1; i < horizontal.Weights.Length; i++)
                {
                    TensorPrimitives.MultiplyAdd(taps.Slice(i, width), horizontal.Weights[i], target, target);
                }
            }
        }

        // A worker that computes one of several frames has libtorch set to one thread.
        var pieces = Math.Clamp(rows / RowsEach, 1, get_num_threads());
        if (pieces == 1)
        {
            Run(0, rows);
        }
        else
        {
            Parallel.For(0, pieces, i => Run((int)((long)i * rows / pieces), (int)((i + 1L) * rows / pieces)));
        }

        return result.MoveToOuterDisposeScope();
    }

    private static void Mix(ReadOnlySpan<float> plane, int first, int height, int width, float[] weights, Span<float> row)
    {
        ReadOnlySpan<float> Row(ReadOnlySpan<float> from, int i) => from.Slice(Math.Clamp(first + i, 0, height - 1) * width, width);
        if (weights.Length == 1)
        {
            Row(plane, 0).CopyTo(row);
            return;
        }

        TensorPrimitives.Multiply(Row(plane, 0), weights[0], row);
        for (var i = 1; i < weights.Length; i++)
        {
            TensorPrimitives.MultiplyAdd(Row(plane, i), weights[i], row, row);
        }
    }

    private static (int First, float[] Weights) Taps(double displacement, int size, Interpolation interpolation)
    {
        var bounded = Math.Clamp(displacement, -2 * size, 2 * size);
        var whole = Math.Floor(bounded);
        var (first, weights) = Resampler.Taps(bounded - whole, interpolation);
        return ((int)whole + first, [.. weights.Select(weight => (float)weight)]);
    }
}
