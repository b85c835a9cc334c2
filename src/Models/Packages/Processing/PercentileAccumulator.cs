namespace InferenceBridge.Models.Packages;

/// <summary>
/// Exact percentiles of any number of pixels in two readings and little memory: the first counts the upper half of the bits,
/// the second the lower half of those pixels whose upper half is that of a wanted one.
/// </summary>
internal sealed class PercentileAccumulator(double lower, double upper) : IAccumulator
{
    private const int HalfBits = 16;
    private const int Bins = 1 << HalfBits;

    private readonly long[] _coarse = new long[Bins];
    private readonly Dictionary<int, long[]> _fine = [];
    private long _count;

    public void Add(ReadOnlySpan<float> values)
    {
        if (_fine.Count == 0)
        {
            foreach (var value in values)
            {
                _coarse[Key(value) >> HalfBits]++;
            }

            return;
        }

        foreach (var value in values)
        {
            var key = Key(value);
            if (_fine.TryGetValue((int)(key >> HalfBits), out var bins))
            {
                bins[key & (Bins - 1)]++;
            }
        }
    }

    public (double First, double Second)? EndReading()
    {
        if (_fine.Count > 0)
        {
            return (At(lower), At(upper));
        }

        _count = _coarse.Sum();
        foreach (var percent in new[] { lower, upper })
        {
            var (index, next, _) = Position(percent);
            _fine.TryAdd(Bin(_coarse, index).Number, new long[Bins]);
            _fine.TryAdd(Bin(_coarse, next).Number, new long[Bins]);
        }

        return null;
    }

    // Order of unsigned numbers is then that of the values.
    private static uint Key(float value)
    {
        // Both zeros are one value.
        var bits = BitConverter.SingleToUInt32Bits(value == 0 ? 0 : value);
        return (bits & 0x8000_0000) == 0 ? bits | 0x8000_0000 : ~bits;
    }

    private static float Value(uint key) => BitConverter.UInt32BitsToSingle((key & 0x8000_0000) == 0 ? ~key : key & 0x7FFF_FFFF);

    private static (int Number, long Inside) Bin(long[] counts, long rank)
    {
        for (var i = 0; ; i++)
        {
            if (rank < counts[i])
            {
                return (i, rank);
            }

            rank -= counts[i];
        }
    }

    private (long Index, long Next, double Part) Position(double percent)
    {
        var position = percent / 100 * (_count - 1);
        var index = (long)Math.Floor(position);
        return (index, Math.Min(index + 1, _count - 1), position - index);
    }

    private double At(double percent)
    {
        var (index, next, part) = Position(percent);
        var low = Ranked(index);
        return low + (part * (Ranked(next) - low));
    }

    private double Ranked(long rank)
    {
        var (bin, rest) = Bin(_coarse, rank);
        return Value(((uint)bin << HalfBits) | (uint)Bin(_fine[bin], rest).Number);
    }
}
