using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// <see cref="FieldWarp.Sample"/> on the CPU, pixel by pixel: the four neighbours along x lie side by side in memory, so that each row of
/// taps is one load.
/// </summary>
internal static class FieldWarpCpu
{
    // Rows below which a thread of its own does not pay.
    private const int RowsEach = 64;

    public static Tensor Sample(Tensor image, Tensor field, Interpolation interpolation)
    {
        using var scope = NewDisposeScope();
        var (source, displacements) = (image.contiguous(), field.contiguous());
        var result = empty(image.shape);
        var (height, width) = (checked((int)image.shape[^2]), checked((int)image.shape[^1]));
        var planes = checked((int)(image.numel() / height / width));
        void Rows(int plane, int from, int to)
        {
            var pixels = checked(height * width);
            var from0 = MemoryMarshal.Cast<byte, float>(source.bytes).Slice(plane * pixels, pixels);
            var to0 = MemoryMarshal.Cast<byte, float>(result.bytes).Slice(plane * pixels, pixels);
            var field0 = MemoryMarshal.Cast<byte, float>(displacements.bytes);
            for (var y = from; y < to; y++)
            {
                var row = y * width;
                var dy = field0.Slice(row, width);
                var dx = field0.Slice(pixels + row, width);
                if (interpolation == Interpolation.Bilinear)
                {
                    Bilinear(from0, to0.Slice(row, width), dy, dx, y, height);
                }
                else
                {
                    Cubic(from0, to0.Slice(row, width), dy, dx, y, height);
                }
            }
        }

        // A worker that computes one of several frames has libtorch set to one thread.
        var pieces = Math.Clamp(planes * height / RowsEach, 1, get_num_threads());
        if (pieces == 1)
        {
            for (var plane = 0; plane < planes; plane++)
            {
                Rows(plane, 0, height);
            }
        }
        else
        {
            Parallel.For(0, checked(planes * pieces), i => Rows(i / pieces, i % pieces * height / pieces, ((i % pieces) + 1) * height / pieces));
        }

        return result.MoveToOuterDisposeScope();
    }

    private static void Bilinear(ReadOnlySpan<float> image, Span<float> result, ReadOnlySpan<float> dy, ReadOnlySpan<float> dx, int y, int height)
    {
        var width = result.Length;
        for (var x = 0; x < width; x++)
        {
            var (j, ty) = Split(dy[x], y, height);
            var (i, tx) = Split(dx[x], x, width);
            var (above, below) = (Math.Clamp(j, 0, height - 1) * width, Math.Clamp(j + 1, 0, height - 1) * width);
            var (left, right) = (Math.Clamp(i, 0, width - 1), Math.Clamp(i + 1, 0, width - 1));
            var upper = (image[above + left] * (1 - tx)) + (image[above + right] * tx);
            var lower = (image[below + left] * (1 - tx)) + (image[below + right] * tx);
            result[x] = (upper * (1 - ty)) + (lower * ty);
        }
    }

    private static void Cubic(ReadOnlySpan<float> image, Span<float> result, ReadOnlySpan<float> dy, ReadOnlySpan<float> dx, int y, int height)
    {
        var width = result.Length;
        ref var origin = ref MemoryMarshal.GetReference(image);
        for (var x = 0; x < width; x++)
        {
            var (j, ty) = Split(dy[x], y, height);
            var (i, tx) = Split(dx[x], x, width);
            var (vertical, horizontal) = (Weights(ty), Weights(tx));
            Vector128<float> sum;
            if (j >= 1 && j + 2 < height && i >= 1 && i + 2 < width)
            {
                var at = (nuint)(((j - 1) * width) + i - 1);
                sum = (Vector128.LoadUnsafe(ref origin, at) * vertical.GetElement(0))
                    + (Vector128.LoadUnsafe(ref origin, at + (nuint)width) * vertical.GetElement(1))
                    + (Vector128.LoadUnsafe(ref origin, at + (nuint)(2 * width)) * vertical.GetElement(2))
                    + (Vector128.LoadUnsafe(ref origin, at + (nuint)(3 * width)) * vertical.GetElement(3));
            }
            else
            {
                sum = Vector128<float>.Zero;
                for (var k = 0; k < 4; k++)
                {
                    var row = image.Slice(Math.Clamp(j - 1 + k, 0, height - 1) * width, width);
                    sum += Vector128.Create(
                        row[Math.Clamp(i - 1, 0, width - 1)], row[Math.Clamp(i, 0, width - 1)],
                        row[Math.Clamp(i + 1, 0, width - 1)], row[Math.Clamp(i + 2, 0, width - 1)]) * vertical.GetElement(k);
                }
            }

            result[x] = Vector128.Dot(sum, horizontal);
        }
    }

    // The pixel at or before a position, and the fraction beyond it. Beyond the image by more than its size, all is its last pixel.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (int Pixel, float Fraction) Split(float displacement, int position, int size)
    {
        var bounded = Math.Clamp(displacement, -2f * size, 2f * size);
        var whole = MathF.Floor(bounded);
        return (position + (int)whole, bounded - whole);
    }

    // Catmull–Rom.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Weights(float t)
    {
        var a = (((((Vector128.Create(-0.5f, 1.5f, -1.5f, 0.5f) * t) + Vector128.Create(1f, -2.5f, 2f, -0.5f)) * t)
            + Vector128.Create(-0.5f, 0f, 0.5f, 0f)) * t) + Vector128.Create(0f, 1f, 0f, 0f);
        return a;
    }
}
