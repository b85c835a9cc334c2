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
        var columns = Count(width);
        var ring = new double[Taps][];
        for (var i = 0; i < Taps; i++)
        {
            ring[i] = new double[columns];
        }

        var used = 0;
        if (height == 1 && width == 1)
        {
            return 0;
        }

        if (height == 1)
        {
            AlongX(plane, ring[0]);
            return Keep(ring[0], magnitudes, used);
        }

        var next = 2 - Taps;
        for (var output = 0; output < Count(height); output++)
        {
            for (; next < (2 * output) + 2; next++)
            {
                AlongX(plane.Slice(EdgeReflection.Index(next, height) * width, width), ring[(next + Taps) % Taps]);
            }

            // The oldest of the four rows sits where the next one will go.
            var (a, b, c, d) = (ring[(next + Taps) % Taps], ring[(next + 1 + Taps) % Taps], ring[(next + 2 + Taps) % Taps], ring[(next + 3 + Taps) % Taps]);
            for (var x = 0; x < columns; x++)
            {
                Keep((HighPass[0] * a[x]) + (HighPass[1] * b[x]) + (HighPass[2] * c[x]) + (HighPass[3] * d[x]), magnitudes, ref used);
            }
        }

        return used;
    }

    private static int Count(int size) => size == 1 ? 1 : (int)(((long)size + Taps - 1) / 2);

    private static void AlongX(ReadOnlySpan<float> row, double[] coefficients)
    {
        if (row.Length == 1)
        {
            coefficients[0] = row[0];
            return;
        }

        for (var i = 0; i < coefficients.Length; i++)
        {
            var first = (2 * i) + 2 - Taps;
            coefficients[i] = first >= 0 && first + Taps <= row.Length
                ? (HighPass[0] * row[first]) + (HighPass[1] * row[first + 1]) + (HighPass[2] * row[first + 2]) + (HighPass[3] * row[first + 3])
                : (HighPass[0] * At(row, first)) + (HighPass[1] * At(row, first + 1)) + (HighPass[2] * At(row, first + 2)) + (HighPass[3] * At(row, first + 3));
        }
    }

    private static double At(ReadOnlySpan<float> row, int index) => row[EdgeReflection.Index(index, row.Length)];

    private static int Keep(double[] coefficients, Span<double> magnitudes, int used)
    {
        foreach (var value in coefficients)
        {
            Keep(value, magnitudes, ref used);
        }

        return used;
    }

    private static void Keep(double value, Span<double> magnitudes, ref int used)
    {
        if (value != 0 && double.IsFinite(value))
        {
            magnitudes[used++] = Math.Abs(value);
        }
    }
}
