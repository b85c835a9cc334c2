using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace InferenceBridge.Models;

/// <summary>
/// The discrete cosine transform (type II, orthonormal) of blocks of 32×32 pixels. Blocks end as mirrored, not cut, so that edges make no
/// frequencies of their own and no window is needed.
/// </summary>
internal static class CosineBlock
{
    /// <summary>Pixels along each axis.</summary>
    public const int Size = 32;

    /// <summary>Coefficients of a block.</summary>
    public const int Count = Size * Size;

    private const int Half = Size / 2;

    // Rows of the result that are computed at once.
    private const int Together = 8;

    // The rows of the transform's matrix, of which those of even number are even functions of the place and the others odd: half of each will do.
    private static readonly float[] Even = Matrix(0);
    private static readonly float[] Odd = Matrix(1);
    private static readonly float[] EvenTurned = Turned(Even);
    private static readonly float[] OddTurned = Turned(Odd);

    /// <summary>The frequency of a coefficient's row or column in powers: even ones first.</summary>
    public static int Frequency(int index) => index < Half ? 2 * index : (2 * (index - Half)) + 1;

    /// <summary>Adds the squared coefficients of a block, in the order of <see cref="Frequency"/> along both axes, X fastest.</summary>
    /// <param name="pixels">First pixel of the block, and on.</param>
    /// <param name="stride">From row to row.</param>
    /// <param name="level">Taken off every pixel, so that large backgrounds cost no digits.</param>
    /// <param name="power">Takes them; <see cref="Count"/>.</param>
    public static void AddPower(ReadOnlySpan<float> pixels, int stride, float level, Span<float> power)
    {
        Span<float> columns = stackalloc float[Count];
        Down(pixels, stride, level, columns);
        for (var row = 0; row < Size; row += 2)
        {
            Across(columns.Slice(row * Size, 2 * Size), power.Slice(row * Size, 2 * Size));
        }
    }

    private static void Down(ReadOnlySpan<float> pixels, int stride, float level, Span<float> columns)
    {
        Span<Vector<float>> sums = stackalloc Vector<float>[Half];
        Span<Vector<float>> differences = stackalloc Vector<float>[Half];
        for (var x = 0; x < Size; x += Vector<float>.Count)
        {
            for (var i = 0; i < Half; i++)
            {
                var upper = new Vector<float>(pixels[((i * stride) + x)..]) - new Vector<float>(level);
                var lower = new Vector<float>(pixels[(((Size - 1 - i) * stride) + x)..]) - new Vector<float>(level);
                (sums[i], differences[i]) = (upper + lower, upper - lower);
            }

            for (var k = 0; k < Half; k += Together)
            {
                Products(sums, Even, k, columns[((k * Size) + x)..]);
                Products(differences, Odd, k, columns[(((Half + k) * Size) + x)..]);
            }
        }
    }

    // Eight rows at once: each vector is loaded once for all of them, and as many sums keep a core's multipliers busy.
    private static void Products(ReadOnlySpan<Vector<float>> values, float[] matrix, int k, Span<float> target)
    {
        var (a, b, c, d) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        var (e, f, g, h) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        ref var factors = ref matrix[k * Half];
        for (var i = 0; i < Half; i++)
        {
            var value = values[i];
            a = Added(value, Unsafe.Add(ref factors, i), a);
            b = Added(value, Unsafe.Add(ref factors, i + Half), b);
            c = Added(value, Unsafe.Add(ref factors, i + (2 * Half)), c);
            d = Added(value, Unsafe.Add(ref factors, i + (3 * Half)), d);
            e = Added(value, Unsafe.Add(ref factors, i + (4 * Half)), e);
            f = Added(value, Unsafe.Add(ref factors, i + (5 * Half)), f);
            g = Added(value, Unsafe.Add(ref factors, i + (6 * Half)), g);
            h = Added(value, Unsafe.Add(ref factors, i + (7 * Half)), h);
        }

        a.CopyTo(target);
        b.CopyTo(target[Size..]);
        c.CopyTo(target[(2 * Size)..]);
        d.CopyTo(target[(3 * Size)..]);
        e.CopyTo(target[(4 * Size)..]);
        f.CopyTo(target[(5 * Size)..]);
        g.CopyTo(target[(6 * Size)..]);
        h.CopyTo(target[(7 * Size)..]);
    }

    // Two rows at once, for the same reasons.
    private static void Across(ReadOnlySpan<float> rows, Span<float> power)
    {
        Span<float> folded = stackalloc float[2 * Size];
        for (var i = 0; i < Half; i++)
        {
            var (near, far) = (rows[i], rows[Size - 1 - i]);
            var (nearBelow, farBelow) = (rows[Size + i], rows[(2 * Size) - 1 - i]);
            (folded[i], folded[Half + i]) = (near + far, near - far);
            (folded[Size + i], folded[Size + Half + i]) = (nearBelow + farBelow, nearBelow - farBelow);
        }

        ref var evens = ref MemoryMarshal.GetArrayDataReference(EvenTurned);
        ref var odds = ref MemoryMarshal.GetArrayDataReference(OddTurned);
        ref var values = ref MemoryMarshal.GetReference(folded);
        for (var j = 0; j < Half; j += Vector<float>.Count)
        {
            var (even, odd, evenBelow, oddBelow) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
            for (var i = 0; i < Half; i++)
            {
                var evenFactors = Vector.LoadUnsafe(ref evens, (nuint)((i * Half) + j));
                var oddFactors = Vector.LoadUnsafe(ref odds, (nuint)((i * Half) + j));
                even = Added(evenFactors, Unsafe.Add(ref values, i), even);
                odd = Added(oddFactors, Unsafe.Add(ref values, Half + i), odd);
                evenBelow = Added(evenFactors, Unsafe.Add(ref values, Size + i), evenBelow);
                oddBelow = Added(oddFactors, Unsafe.Add(ref values, Size + Half + i), oddBelow);
            }

            AddSquares(even, power[j..]);
            AddSquares(odd, power[(Half + j)..]);
            AddSquares(evenBelow, power[(Size + j)..]);
            AddSquares(oddBelow, power[(Size + Half + j)..]);
        }
    }

    private static void AddSquares(Vector<float> values, Span<float> power) =>
        Vector.MultiplyAddEstimate(values, values, new Vector<float>(power)).CopyTo(power);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Added(Vector<float> values, float factor, Vector<float> sum) =>
        Vector.MultiplyAddEstimate(values, new Vector<float>(factor), sum);

    private static float[] Matrix(int parity)
    {
        var matrix = new float[Half * Half];
        for (var j = 0; j < Half; j++)
        {
            var k = (2 * j) + parity;
            for (var i = 0; i < Half; i++)
            {
                matrix[(j * Half) + i] = (float)(Math.Sqrt((k == 0 ? 1.0 : 2.0) / Size) * Math.Cos(Math.PI * ((2 * i) + 1) * k / (2 * Size)));
            }
        }

        return matrix;
    }

    private static float[] Turned(float[] matrix)
    {
        var turned = new float[matrix.Length];
        for (var i = 0; i < matrix.Length; i++)
        {
            turned[(i % Half * Half) + (i / Half)] = matrix[i];
        }

        return turned;
    }
}
