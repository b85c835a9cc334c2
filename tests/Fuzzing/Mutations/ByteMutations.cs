namespace InferenceBridge.Fuzzing.Mutations;

/// <summary>Changes that know nothing of the format.</summary>
internal static class ByteMutations
{
    private static readonly Func<List<byte>, CaseRandom, byte[], string>[] All =
    [
        FlipBit, FlipBit, SetByte, SetByte, SetWord, SetWord, Truncate, CopyBlock, InsertBlock, DeleteBlock, FillBlock, Splice,
    ];

    /// <summary>Changes a file in one way and says which.</summary>
    /// <param name="file">The file.</param>
    /// <param name="random">Chooses.</param>
    /// <param name="other">Another file of the corpus, for splices.</param>
    public static string Apply(List<byte> file, CaseRandom random, byte[] other) =>
        file.Count == 0 ? "nothing left to change" : random.Pick(All)(file, random, other);

    private static string FlipBit(List<byte> file, CaseRandom random, byte[] other)
    {
        var at = random.Below(file.Count);
        file[at] ^= (byte)(1 << random.Below(8));
        return $"flip a bit of byte {at}";
    }

    private static string SetByte(List<byte> file, CaseRandom random, byte[] other)
    {
        var at = random.Below(file.Count);
        file[at] = random.OneIn(2) ? (byte)random.Boundary() : (byte)random.Next64();
        return $"set byte {at} to {file[at]}";
    }

    private static string SetWord(List<byte> file, CaseRandom random, byte[] other)
    {
        var (at, bytes, value) = (random.Below(file.Count), 2 << random.Below(3), random.Boundary());
        var bigEndian = random.OneIn(4);
        for (var i = 0; i < bytes && at + i < file.Count; i++)
        {
            file[at + i] = (byte)(value >> (8 * (bigEndian ? bytes - 1 - i : i)));
        }

        return $"set {bytes} bytes at {at} to {value}";
    }

    private static string Truncate(List<byte> file, CaseRandom random, byte[] other)
    {
        var length = random.OneIn(2) ? random.Below(file.Count) : Math.Max(0, file.Count - 1 - random.Below(64));
        file.RemoveRange(length, file.Count - length);
        return $"cut off at {length}";
    }

    private static string CopyBlock(List<byte> file, CaseRandom random, byte[] other)
    {
        var (from, length) = Block(file.Count, random);
        var to = random.Below(file.Count);
        for (var i = 0; i < length && to + i < file.Count; i++)
        {
            file[to + i] = file[from + i];
        }

        return $"copy {length} bytes from {from} to {to}";
    }

    private static string InsertBlock(List<byte> file, CaseRandom random, byte[] other)
    {
        var (from, length) = Block(file.Count, random);
        var at = random.Below(file.Count);
        file.InsertRange(at, file.GetRange(from, length));
        return $"insert {length} bytes at {at}";
    }

    private static string DeleteBlock(List<byte> file, CaseRandom random, byte[] other)
    {
        var (from, length) = Block(file.Count, random);
        file.RemoveRange(from, length);
        return $"delete {length} bytes at {from}";
    }

    private static string FillBlock(List<byte> file, CaseRandom random, byte[] other)
    {
        var (from, length) = Block(file.Count, random);
        var value = random.Pick<byte>([0, 0xFF, 0x80, 0x7F, (byte)'<', (byte)'9']);
        for (var i = 0; i < length; i++)
        {
            file[from + i] = value;
        }

        return $"fill {length} bytes at {from} with {value}";
    }

    private static string Splice(List<byte> file, CaseRandom random, byte[] other)
    {
        var (from, length) = Block(other.Length, random);
        var at = random.Below(file.Count);
        for (var i = 0; i < length && at + i < file.Count; i++)
        {
            file[at + i] = other[from + i];
        }

        return $"splice {length} bytes of another file at {at}";
    }

    private static (int From, int Length) Block(int fileLength, CaseRandom random)
    {
        var from = random.Below(fileLength);
        return (from, Math.Min(1 + random.Below(random.OneIn(4) ? 1024 : 24), fileLength - from));
    }
}
