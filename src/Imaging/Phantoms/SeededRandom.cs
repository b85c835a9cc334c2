using System.Numerics;

namespace InferenceBridge.Imaging;

/// <summary>
/// Random numbers that are the same for a seed on every platform and in every version, which <see cref="Random"/> does not
/// promise: xoshiro256** of Blackman and Vigna (ACM Trans. Math. Softw. 47(4), 2021), its state filled by SplitMix64. Bits
/// and uniform numbers are exact everywhere; normal and Poisson numbers pass through Math.Log and Math.Exp, whose last bit
/// may differ between C libraries.
/// </summary>
public sealed class SeededRandom
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;
    private double _spareGaussian = double.NaN;

    /// <summary>Starts a sequence.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="stream">Tells apart sequences of one seed, such as one for each plane.</param>
    public SeededRandom(ulong seed, ulong stream = 0)
    {
        // The stream passes through the mixer on its own, else (seed, stream) pairs with equal sums would coincide.
        var state = stream;
        state = seed ^ SplitMix(ref state);
        (_s0, _s1, _s2, _s3) = (SplitMix(ref state), SplitMix(ref state), SplitMix(ref state), SplitMix(ref state));
    }

    internal SeededRandom(ulong s0, ulong s1, ulong s2, ulong s3) => (_s0, _s1, _s2, _s3) = (s0, s1, s2, s3);

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1), in steps of 2⁻⁵³.</summary>
    public double NextUniform() => (NextBits() >> 11) * (1.0 / (1L << 53));

    /// <summary>A whole number of 0 to count − 1, all alike.</summary>
    public int NextIndex(int count) => (int)(NextUniform() * count);

    /// <summary>Uniform in [minimum, maximum).</summary>
    public double NextUniform(double minimum, double maximum) => minimum + ((maximum - minimum) * NextUniform());

    /// <summary>Standard normal, by Marsaglia's polar method.</summary>
    public double NextGaussian()
    {
        if (!double.IsNaN(_spareGaussian))
        {
            var spare = _spareGaussian;
            _spareGaussian = double.NaN;
            return spare;
        }

        while (true)
        {
            var (u, v) = (NextUniform(-1, 1), NextUniform(-1, 1));
            var square = (u * u) + (v * v);
            if (square is > 0 and < 1)
            {
                var factor = Math.Sqrt(-2 * Math.Log(square) / square);
                _spareGaussian = v * factor;
                return u * factor;
            }
        }
    }

    /// <summary>Poisson with the given mean, at least 0.</summary>
    public double NextPoisson(double mean) => PoissonSampler.Next(this, mean);

    /// <summary>The next of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).</summary>
    internal static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
