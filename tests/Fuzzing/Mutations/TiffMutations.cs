using System.Runtime.InteropServices;

namespace InferenceBridge.Fuzzing.Mutations;

/// <summary>Changes to directories: tags, types, counts, offsets, links, and numbers that mean something.</summary>
internal static class TiffMutations
{
    private static readonly int[] Tags =
    [
        254, 256, 257, 258, 259, 262, 266, 270, 273, 274, 277, 278, 279, 282, 283, 284, 296, 297, 301, 305, 317, 320, 321, 322, 323, 324,
        325, 330, 336, 338, 339, 340, 341, 347, 512, 513, 514, 529, 530, 531, 532, 33432, 34675, 34735, 42112, 42113, 50838, 50839, 65000,
    ];

    /// <summary>Numbers that a reader acts upon, by tag: each is valid somewhere.</summary>
    private static readonly Dictionary<int, ulong[]> Meanings = new()
    {
        [254] = [0, 1, 2, 4, 5],
        [258] = [1, 2, 4, 8, 12, 16, 24, 32, 64, 128],
        [259] = [1, 2, 3, 4, 5, 6, 7, 8, 32773, 32809, 32908, 34661, 34676, 34677, 34712, 34887, 34925, 32946, 32909, 50000, 50001, 52546],
        [262] = [0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 32803, 32844, 32845],
        [266] = [1, 2],
        [277] = [1, 2, 3, 4, 5, 16, 65535],
        [284] = [1, 2],
        [317] = [1, 2, 3],
        [322] = [16, 32, 48, 0xFFFFFFF0, 0x7FFFFFF0],
        [323] = [16, 32, 48, 0xFFFFFFF0, 0x7FFFFFF0],
        [339] = [1, 2, 3, 4, 5, 6],
    };

    private static readonly int[] Sizes = [256, 257, 277, 278, 258, 322, 323, 279, 273, 325, 324, 32997, 32998];

    private static readonly Func<List<byte>, TiffMap, CaseRandom, string>[] All =
    [
        SetTag, SetType, SetCount, SetCount, SetValue, SetValue, SetValue, SetMeaning, SetMeaning, SetMeaning, SetSize, SetSize, SetLink,
        SwapEntries, RepeatEntry, SetEntryCount, SetVersion, TextMutations.Apply, TextMutations.Apply, TextMutations.Apply,
    ];

    /// <summary>Changes a file in one way and says which; null where it has no directory.</summary>
    public static string? Apply(List<byte> file, CaseRandom random) =>
        TiffMap.Of(Bytes(file)) is { Entries.Count: > 0 } map ? random.Pick(All)(file, map, random) : null;

    private static string SetTag(List<byte> file, TiffMap map, CaseRandom random)
    {
        var (entry, tag) = (random.Pick(map.Entries), random.OneIn(4) ? (ulong)random.Below(65536) : (ulong)random.Pick(Tags));
        map.Write(Bytes(file), entry, 2, tag);
        return $"tag of the entry at {entry} becomes {tag}";
    }

    private static string SetType(List<byte> file, TiffMap map, CaseRandom random)
    {
        var (entry, type) = (random.Pick(map.Entries), random.OneIn(8) ? random.Boundary() : (ulong)random.Below(20));
        map.Write(Bytes(file), entry + 2, 2, type);
        return $"type of the entry at {entry} becomes {type}";
    }

    private static string SetCount(List<byte> file, TiffMap map, CaseRandom random)
    {
        var (entry, count) = (random.Pick(map.Entries), random.OneIn(2) ? (ulong)random.Below(64) : random.Boundary());
        map.Write(Bytes(file), entry + 4, map.WordBytes, count);
        return $"count of the entry at {entry} becomes {count}";
    }

    private static string SetValue(List<byte> file, TiffMap map, CaseRandom random)
    {
        var entry = random.Pick(map.Entries);
        var value = random.OneIn(2) ? (ulong)random.Below(file.Count + 16) : random.Boundary();
        map.Write(Bytes(file), entry + 4 + map.WordBytes, map.WordBytes, value);
        return $"value of the entry at {entry} becomes {value}";
    }

    private static string SetMeaning(List<byte> file, TiffMap map, CaseRandom random)
    {
        var bytes = Bytes(file);
        var known = new List<int>();
        foreach (var candidate in map.Entries)
        {
            if (Meanings.ContainsKey(map.Tag(bytes, candidate)))
            {
                known.Add(candidate);
            }
        }

        if (known.Count == 0)
        {
            return SetTag(file, map, random);
        }

        var entry = random.Pick(known);
        var value = random.Pick(Meanings[map.Tag(bytes, entry)]);
        Put(bytes, map, entry, value);
        return $"tag {map.Tag(bytes, entry)} becomes {value}";
    }

    private static string SetSize(List<byte> file, TiffMap map, CaseRandom random)
    {
        var bytes = Bytes(file);
        foreach (var entry in map.Entries)
        {
            if (Sizes.Contains(map.Tag(bytes, entry)) && random.OneIn(4))
            {
                var value = random.Boundary();
                Put(bytes, map, entry, value);
                return $"size in tag {map.Tag(bytes, entry)} becomes {value}";
            }
        }

        return SetValue(file, map, random);
    }

    private static string SetLink(List<byte> file, TiffMap map, CaseRandom random)
    {
        var link = random.Pick(map.Links);
        var target = random.Below(4) switch
        {
            0 => (ulong)random.Pick(map.Directories),
            1 => (ulong)random.Below(file.Count + 16),
            2 => 0UL,
            _ => random.Boundary(),
        };
        map.Write(Bytes(file), link, map.WordBytes, target);
        return $"link at {link} becomes {target}";
    }

    private static string SwapEntries(List<byte> file, TiffMap map, CaseRandom random)
    {
        var (a, b) = (random.Pick(map.Entries), random.Pick(map.Entries));
        for (var i = 0; i < map.EntryBytes; i++)
        {
            (file[a + i], file[b + i]) = (file[b + i], file[a + i]);
        }

        return $"swap the entries at {a} and {b}";
    }

    private static string RepeatEntry(List<byte> file, TiffMap map, CaseRandom random)
    {
        var (from, to) = (random.Pick(map.Entries), random.Pick(map.Entries));
        for (var i = 0; i < map.EntryBytes; i++)
        {
            file[to + i] = file[from + i];
        }

        return $"copy the entry at {from} over the one at {to}";
    }

    private static string SetEntryCount(List<byte> file, TiffMap map, CaseRandom random)
    {
        var (directory, count) = (random.Pick(map.Directories), random.OneIn(2) ? (ulong)random.Below(40) : random.Boundary());
        map.Write(Bytes(file), directory, map.BigTiff ? 8 : 2, count);
        return $"directory at {directory} claims {count} entries";
    }

    private static string SetVersion(List<byte> file, TiffMap map, CaseRandom random)
    {
        var version = random.Pick<ulong>([42, 43, 44, 0]);
        map.Write(Bytes(file), 2, 2, version);
        if (random.OneIn(4))
        {
            file[0] = file[1] = (byte)(map.BigEndian ? 'I' : 'M');
        }

        return $"version becomes {version}";
    }

    // A single SHORT sits in the first half of a big-endian field.
    private static void Put(Span<byte> file, TiffMap map, int entry, ulong value)
    {
        if (map.Values(file, entry) is { Bytes: > 0 } values)
        {
            map.Write(file, values.At, Math.Min(values.Bytes, map.Read(file, entry + 2, 2) == 3 ? 2 : 4), value);
        }
    }

    private static Span<byte> Bytes(List<byte> file) => CollectionsMarshal.AsSpan(file);
}
