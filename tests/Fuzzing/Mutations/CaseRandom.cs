namespace InferenceBridge.Fuzzing.Mutations;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood 2014): a case's numbers depend on the campaign's seed and the case's number alone, on
/// every machine.
/// </summary>
internal sealed class CaseRandom(ulong state)
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    private static readonly ulong[] Boundaries =
    [
        0, 1, 2, 3, 4, 7, 8, 15, 16, 17, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0xFFFFFF, 0x7FFFFFFF, 0x80000000,
        0xFFFFFFFE, 0xFFFFFFFF, 0x100000000, 0x7FFFFFFFFFFFFFFF, 0x8000000000000000, 0xFFFFFFFFFFFFFFFF,
    ];

    private ulong _state = state;

    public static CaseRandom For(ulong seed, long number) => new(new CaseRandom(seed).Next64() + ((ulong)number * Step));

    public ulong Next64()
    {
        var z = _state += Step;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 up to but not including <paramref name="limit"/>; 0 where that is below 1.</summary>
    public int Below(int limit) => limit < 1 ? 0 : (int)(Next64() % (ulong)limit);

    public bool OneIn(int chances) => Below(chances) == 0;

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    /// <summary>A number at which arithmetic tends to break, or one near it.</summary>
    public ulong Boundary() => OneIn(4) ? Pick(Boundaries) + Next64() % 5 - 2 : Pick(Boundaries);
}
