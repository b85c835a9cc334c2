using System.Numerics.Tensors;

namespace InferenceBridge.Imaging;

/// <summary>The finest diagonal band of the Daubechies wavelet of two vanishing moments, with reflected edges.</summary>
internal static class DiagonalWavelet
{
    private const int Taps = 4;

    // The high-pass filter in closed form: (1 − √3, −(3 − √3), 3 + √3, −(1 + √3)) / (4 √2), in the order of rising positions.
    private static readonly double[] HighPass =
    [
        (1 - Math.Sqrt(3)) / (4 * Math.Sqrt(2)),
        -(3 - Math.Sqrt(3)) / (4 * Math.Sqrt(2)),
        (3 + Math.Sqrt(3)) / (4 * Math.Sqrt(2)),
        -(1 + Math.Sqrt(3)) / (4 * Math.Sqrt(2)),
    ];

    /// <summary>Coefficients that a plane yields at most.</summary>
    internal static int MaximumCount(int height, int width) => checked(Count(height) * Count(width));

    /// <summary>Writes the absolute values of the coefficients that are finite and not 0.</summary>
    /// <returns>How many they are.</returns>
    internal static int Magnitudes(ReadOnlySpan<float> plane, int height, int width, Span<double> magnitudes)
    {
        if (height == 1 && width == 1)
        {
            return 0;
        }

        // Along y first: that runs over whole rows at once and leaves half of them for the strided pass along x.
        var used = 0;
        var detail = new double[width];
        var rows = new double[Taps][];
        for (var i = 0; i < Taps; i++)
        {
            rows[i] = new double[width];
        }

        var next = 2 - Taps;
        for (var output = 0; output < Count(height); output++)
        {
            if (height == 1)
            {
                TensorPrimitives.ConvertTruncating(plane, detail);
            }
            else
            {
                for (; next < (2 * output) + 2; next++)
                {
                    TensorPrimitives.ConvertTruncating(plane.Slice(EdgeReflection.Index(next, height) * width, width), Ring(rows, next));
                }

                AlongY(rows, next - Taps, detail);
            }

            AlongX(detail, magnitudes, ref used);
        }

        return used;
    }

    private static int Count(int size) => size == 1 ? 1 : (int)(((long)size + Taps - 1) / 2);

    private static double[] Ring(double[][] rows, int row) => rows[(row + Taps) % Taps];

    private static void AlongY(double[][] rows, int first, double[] detail)
    {
        TensorPrimitives.Multiply(Ring(rows, first), HighPass[0], detail);
        for (var tap = 1; tap < Taps; tap++)
        {
            TensorPrimitives.MultiplyAdd<double>(Ring(rows, first + tap), HighPass[tap], detail, detail);
        }
    }

    private static void AlongX(double[] row, Span<double> magnitudes, ref int used)
    {
        if (row.Length == 1)
        {
            Keep(row[0], magnitudes, ref used);
            return;
        }

        var (h0, h1, h2, h3) = (HighPass[0], HighPass[1], HighPass[2], HighPass[3]);
        for (var first = 2 - Taps; first < row.Length; first += 2)
        {
            Keep(first >= 0 && first + Taps <= row.Length
                ? (h0 * row[first]) + (h1 * row[first + 1]) + (h2 * row[first + 2]) + (h3 * row[first + 3])
                : (h0 * At(row, first)) + (h1 * At(row, first + 1)) + (h2 * At(row, first + 2)) + (h3 * At(row, first + 3)),
                magnitudes, ref used);
        }
    }

    private static double At(double[] row, int index) => row[EdgeReflection.Index(index, row.Length)];

    private static void Keep(double value, Span<double> magnitudes, ref int used)
    {
        if (value != 0 && double.IsFinite(value))
        {
            magnitudes[used++] = Math.Abs(value);
        }
    }
}
