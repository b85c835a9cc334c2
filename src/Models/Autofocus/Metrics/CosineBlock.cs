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
        for (var row = 0; row < Size; row++)
        {
            Across(columns.Slice(row * Size, Size), power.Slice(row * Size, Size));
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

            for (var k = 0; k < Half; k += 4)
            {
                Products(sums, Even, k, columns[((k * Size) + x)..]);
                Products(differences, Odd, k, columns[(((Half + k) * Size) + x)..]);
            }
        }
    }

    // Four rows at once: each vector is loaded once for all of them.
    private static void Products(ReadOnlySpan<Vector<float>> values, float[] matrix, int k, Span<float> target)
    {
        var (a, b, c, d) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        ref var factors = ref matrix[k * Half];
        for (var i = 0; i < Half; i++)
        {
            var value = values[i];
            a += value * Unsafe.Add(ref factors, i);
            b += value * Unsafe.Add(ref factors, i + Half);
            c += value * Unsafe.Add(ref factors, i + (2 * Half));
            d += value * Unsafe.Add(ref factors, i + (3 * Half));
        }

        a.CopyTo(target);
        b.CopyTo(target[Size..]);
        c.CopyTo(target[(2 * Size)..]);
        d.CopyTo(target[(3 * Size)..]);
    }

    private static void Across(ReadOnlySpan<float> row, Span<float> power)
    {
        ref var evens = ref MemoryMarshal.GetArrayDataReference(EvenTurned);
        ref var odds = ref MemoryMarshal.GetArrayDataReference(OddTurned);
        for (var j = 0; j < Half; j += Vector<float>.Count)
        {
            var (even, odd) = (Vector<float>.Zero, Vector<float>.Zero);
            for (var i = 0; i < Half; i++)
            {
                var (near, far) = (row[i], row[Size - 1 - i]);
                even += (near + far) * Vector.LoadUnsafe(ref evens, (nuint)((i * Half) + j));
                odd += (near - far) * Vector.LoadUnsafe(ref odds, (nuint)((i * Half) + j));
            }

            (new Vector<float>(power[j..]) + (even * even)).CopyTo(power[j..]);
            (new Vector<float>(power[(Half + j)..]) + (odd * odd)).CopyTo(power[(Half + j)..]);
        }
    }

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
