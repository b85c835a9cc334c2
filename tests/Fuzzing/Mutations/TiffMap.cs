namespace InferenceBridge.Fuzzing.Mutations;

/// <summary>Where the directories and entries of a TIFF are; forgiving, since what it maps may be mutated already.</summary>
internal sealed class TiffMap
{
    private const int MaxDirectories = 64;
    private const int MaxEntries = 256;

    private static readonly int[] TypeBytes = [1, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 1, 1, 8, 8, 8];

    private TiffMap(bool bigEndian, bool bigTiff) => (BigEndian, BigTiff) = (bigEndian, bigTiff);

    public bool BigEndian { get; }

    public bool BigTiff { get; }

    /// <summary>First bytes of the entries.</summary>
    public List<int> Entries { get; } = [];

    /// <summary>First bytes of the directories.</summary>
    public List<int> Directories { get; } = [];

    /// <summary>Where offsets of directories are: in the header and behind each directory.</summary>
    public List<int> Links { get; } = [];

    public int EntryBytes => BigTiff ? 20 : 12;

    public int WordBytes => BigTiff ? 8 : 4;

    /// <summary>Maps a file; null where it does not begin as a TIFF does.</summary>
    public static TiffMap? Of(ReadOnlySpan<byte> file)
    {
        if (file.Length < 16 || !(file is [(byte)'I', (byte)'I', ..] or [(byte)'M', (byte)'M', ..]))
        {
            return null;
        }

        var bigEndian = file[0] == 'M';
        var version = file[bigEndian ? 3 : 2];
        if (version is not (42 or 43))
        {
            return null;
        }

        var map = new TiffMap(bigEndian, version == 43);
        map.Walk(file);
        return map;
    }

    public ulong Read(ReadOnlySpan<byte> file, int at, int bytes)
    {
        ulong value = 0;
        for (var i = 0; i < bytes; i++)
        {
            value = (value << 8) | file[at + (BigEndian ? i : bytes - 1 - i)];
        }

        return value;
    }

    public void Write(Span<byte> file, int at, int bytes, ulong value)
    {
        for (var i = 0; i < bytes && at + i < file.Length; i++)
        {
            file[at + i] = (byte)(value >> (8 * (BigEndian ? bytes - 1 - i : i)));
        }
    }

    public int Tag(ReadOnlySpan<byte> file, int entry) => (int)Read(file, entry, 2);

    /// <summary>Where an entry's values are and how many bytes they take; null where that is outside of the file.</summary>
    public (int At, int Bytes)? Values(ReadOnlySpan<byte> file, int entry)
    {
        var type = (int)Read(file, entry + 2, 2);
        var count = Read(file, entry + 4, WordBytes);
        if (type >= TypeBytes.Length || count > (ulong)file.Length)
        {
            return null;
        }

        var bytes = (long)count * TypeBytes[type];
        var inline = entry + 4 + WordBytes;
        var at = bytes <= WordBytes ? (ulong)inline : Read(file, inline, WordBytes);
        return at < (ulong)file.Length && (long)at + bytes <= file.Length ? ((int)at, (int)bytes) : null;
    }

    private void Walk(ReadOnlySpan<byte> file)
    {
        var link = BigTiff ? 8 : 4;
        var countBytes = BigTiff ? 8 : 2;
        while (Directories.Count < MaxDirectories && link + WordBytes <= file.Length)
        {
            Links.Add(link);
            var offset = Read(file, link, WordBytes);
            if (offset < 8 || offset > (ulong)(file.Length - countBytes) || Directories.Contains((int)offset))
            {
                return;
            }

            var directory = (int)offset;
            var count = Read(file, directory, countBytes);
            var end = directory + countBytes + ((long)Math.Min(count, int.MaxValue / 64) * EntryBytes);
            if (end > file.Length)
            {
                return;
            }

            Directories.Add(directory);
            for (var i = 0; i < Math.Min((int)count, MaxEntries); i++)
            {
                Entries.Add(directory + countBytes + (i * EntryBytes));
            }

            link = (int)end;
        }
    }
}
