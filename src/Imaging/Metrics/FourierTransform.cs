using System.Numerics;

namespace InferenceBridge.Imaging;

/// <summary>Discrete Fourier transforms of any length in float64: powers of two directly, others by Bluestein's convolution.</summary>
internal static class FourierTransform
{
    /// <summary>Transforms a (z, y, x) volume along every axis, in place: Σ v exp(−2πi k n / N).</summary>
    internal static void Forward(Complex[] values, int depth, int height, int width)
    {
        Along(values, width, 1, depth * height, i => i * width);
        Along(values, height, width, depth * width, i => (i / width * height * width) + (i % width));
        Along(values, depth, height * width, height * width, i => i);
    }

    /// <summary>Transforms one line: −1 forward, 1 backward without the division by the length.</summary>
    internal static Complex[] Line(Complex[] values, int sign) =>
        BitOperations.IsPow2(values.Length) ? PowerOfTwo(values, sign) : Bluestein(values, sign);

    private static void Along(Complex[] values, int length, int stride, int lines, Func<int, int> start)
    {
        if (length == 1)
        {
            return;
        }

        Parallel.For(0, lines, line =>
        {
            var first = start(line);
            var taken = new Complex[length];
            for (var i = 0; i < length; i++)
            {
                taken[i] = values[first + (i * stride)];
            }

            var transformed = Line(taken, -1);
            for (var i = 0; i < length; i++)
            {
                values[first + (i * stride)] = transformed[i];
            }
        });
    }

    private static Complex[] PowerOfTwo(Complex[] values, int sign)
    {
        var count = values.Length;
        if (count == 1)
        {
            return [values[0]];
        }

        var (even, odd) = (new Complex[count / 2], new Complex[count / 2]);
        for (var i = 0; i < count / 2; i++)
        {
            (even[i], odd[i]) = (values[2 * i], values[(2 * i) + 1]);
        }

        (even, odd) = (PowerOfTwo(even, sign), PowerOfTwo(odd, sign));
        var result = new Complex[count];
        for (var i = 0; i < count / 2; i++)
        {
            var turned = Complex.FromPolarCoordinates(1, sign * 2 * Math.PI * i / count) * odd[i];
            (result[i], result[i + (count / 2)]) = (even[i] + turned, even[i] - turned);
        }

        return result;
    }

    // k n = (k² + n² − (k − n)²) / 2 makes the transform a convolution with a chirp.
    private static Complex[] Bluestein(Complex[] values, int sign)
    {
        var count = values.Length;
        var padded = (int)BitOperations.RoundUpToPowerOf2((uint)(2 * count));
        var chirp = new Complex[count];
        var (product, kernel) = (new Complex[padded], new Complex[padded]);
        for (var i = 0; i < count; i++)
        {
            chirp[i] = Complex.FromPolarCoordinates(1, sign * Math.PI * ((long)i * i % (2 * count)) / count);
            product[i] = values[i] * chirp[i];
            kernel[i] = Complex.Conjugate(chirp[i]);
            kernel[(padded - i) % padded] = kernel[i];
        }

        var (a, b) = (PowerOfTwo(product, -1), PowerOfTwo(kernel, -1));
        for (var i = 0; i < padded; i++)
        {
            a[i] *= b[i];
        }

        var convolved = PowerOfTwo(a, 1);
        return [.. Enumerable.Range(0, count).Select(i => chirp[i] * convolved[i] / padded)];
    }
}
