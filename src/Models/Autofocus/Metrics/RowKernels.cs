using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace InferenceBridge.Models;

/// <summary>Sums over a stretch of a row, of at most some hundred pixels, so that float32 holds them; in vectors, the rest one by one.</summary>
internal static class RowKernels
{
    /// <summary>The sum, and the sum of absolute differences from a background.</summary>
    public static (double Sum, double Distance) Levels(ReadOnlySpan<float> row, float background)
    {
        ref var start = ref MemoryMarshal.GetReference(row);
        var (sums, distances, ground) = (Vector<float>.Zero, Vector<float>.Zero, new Vector<float>(background));
        var x = 0;
        for (; x <= row.Length - Vector<float>.Count; x += Vector<float>.Count)
        {
            var pixels = At(ref start, x);
            sums += pixels;
            distances += Vector.Abs(pixels - ground);
        }

        var (sum, distance) = (Vector.Sum(sums), Vector.Sum(distances));
        for (; x < row.Length; x++)
        {
            (sum, distance) = (sum + row[x], distance + Math.Abs(row[x] - background));
        }

        return (sum, distance);
    }

    /// <summary>The sum of squared differences from a mean, and that of differences, which is what the mean was rounded by.</summary>
    public static (double Squares, double Sum) Variance(ReadOnlySpan<float> row, float mean)
    {
        ref var start = ref MemoryMarshal.GetReference(row);
        var (squares, sums, middle) = (Vector<float>.Zero, Vector<float>.Zero, new Vector<float>(mean));
        var x = 0;
        for (; x <= row.Length - Vector<float>.Count; x += Vector<float>.Count)
        {
            var off = At(ref start, x) - middle;
            squares += off * off;
            sums += off;
        }

        var (square, sum) = (Vector.Sum(squares), Vector.Sum(sums));
        for (; x < row.Length; x++)
        {
            var off = row[x] - mean;
            (square, sum) = (square + (off * off), sum + off);
        }

        return (square, sum);
    }

    /// <summary>Sums over pairs of pixels two apart, the rows of which are given with the one between.</summary>
    /// <param name="first">First pixels.</param>
    /// <param name="between">Those between, as many.</param>
    /// <param name="second">Second pixels, as many.</param>
    /// <param name="mean">What first pixels are taken from.</param>
    public static (double Squares, double Correlation, double Steps) Pairs(ReadOnlySpan<float> first, ReadOnlySpan<float> between, ReadOnlySpan<float> second, float mean)
    {
        ref var a = ref MemoryMarshal.GetReference(first);
        ref var b = ref MemoryMarshal.GetReference(between);
        ref var c = ref MemoryMarshal.GetReference(second);
        var (squares, correlations, steps, middle) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, new Vector<float>(mean));
        var x = 0;
        for (; x <= first.Length - Vector<float>.Count; x += Vector<float>.Count)
        {
            var (one, other) = (At(ref a, x), At(ref c, x));
            var (apart, step) = (other - one, At(ref b, x) - other);
            squares += apart * apart;
            correlations += (one - middle) * step;
            steps += step;
        }

        var (square, correlation, total) = (Vector.Sum(squares), Vector.Sum(correlations), Vector.Sum(steps));
        for (; x < first.Length; x++)
        {
            var (apart, step) = (second[x] - first[x], between[x] - second[x]);
            square += apart * apart;
            correlation += (first[x] - mean) * step;
            total += step;
        }

        return (square, correlation, total);
    }

    /// <summary>Sums over pixels with all neighbours: Sobel's squared gradient, the Laplacian, its square.</summary>
    /// <param name="above">The row above, from one pixel to the left of the first to one to the right of the last.</param>
    /// <param name="row">The row, likewise.</param>
    /// <param name="below">The row below, likewise.</param>
    public static (double Gradient, double Laplacian, double LaplacianSquares) Inner(ReadOnlySpan<float> above, ReadOnlySpan<float> row, ReadOnlySpan<float> below)
    {
        ref var a = ref MemoryMarshal.GetReference(above);
        ref var b = ref MemoryMarshal.GetReference(row);
        ref var c = ref MemoryMarshal.GetReference(below);
        var (gradients, laplacians, squares) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        var x = 0;
        for (; x <= row.Length - 2 - Vector<float>.Count; x += Vector<float>.Count)
        {
            var (upper, lower) = (At(ref a, x + 1), At(ref c, x + 1));
            var (left, right) = (At(ref b, x), At(ref b, x + 2));
            var falling = At(ref c, x + 2) - At(ref a, x);
            var rising = At(ref a, x + 2) - At(ref c, x);
            var across = falling + rising + (2 * (right - left));
            var down = falling - rising + (2 * (lower - upper));
            gradients += (across * across) + (down * down);
            var laplacian = upper + lower + left + right - (4 * At(ref b, x + 1));
            laplacians += laplacian;
            squares += laplacian * laplacian;
        }

        var (gradient, sum, square) = (Vector.Sum(gradients), Vector.Sum(laplacians), Vector.Sum(squares));
        for (; x < row.Length - 2; x++)
        {
            var falling = below[x + 2] - above[x];
            var rising = above[x + 2] - below[x];
            var across = falling + rising + (2 * (row[x + 2] - row[x]));
            var down = falling - rising + (2 * (below[x + 1] - above[x + 1]));
            gradient += (across * across) + (down * down);
            var laplacian = above[x + 1] + below[x + 1] + row[x] + row[x + 2] - (4 * row[x + 1]);
            sum += laplacian;
            square += laplacian * laplacian;
        }

        return (gradient, sum, square);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> At(ref float start, int x) => Vector.LoadUnsafe(ref start, (nuint)x);
}
