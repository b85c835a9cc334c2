using System.Buffers.Binary;

namespace InferenceBridge.Fuzzing.Hostile;

/// <summary>An entry of a directory as it stands in the file, whether or not it makes sense.</summary>
internal readonly record struct Entry(int Tag, int Type, long Count, long Value);

/// <summary>Lays out little-endian TIFFs by hand, from TIFF 6.0 and the BigTIFF proposal, with any lie that a test needs.</summary>
internal sealed class HostileTiff
{
    public const int Ascii = 2;
    public const int Short = 3;
    public const int Long = 4;
    public const int Long8 = 16;

    private readonly List<byte> _bytes = [];
    private readonly bool _big;
    private int _link;

    public HostileTiff(bool big = false)
    {
        _big = big;
        _bytes.AddRange("II"u8);
        Put(big ? 43 : 42, 2);
        if (big)
        {
            Put(8, 2);
            Put(0, 2);
        }

        _link = _bytes.Count;
        Put(0, Word);
    }

    private int Word => _big ? 8 : 4;

    /// <summary>The entries that a grey 8-bit image of one strip needs; later entries replace those of the same tag.</summary>
    public static Entry[] Grey(long width, long height, long strip, long stripBytes, params Entry[] changes) =>
    [
        .. new Entry[]
        {
            new(256, Long, 1, width), new(257, Long, 1, height), new(258, Short, 1, 8), new(259, Short, 1, 1), new(262, Short, 1, 1),
            new(273, Long, 1, strip), new(277, Short, 1, 1), new(278, Long, 1, height), new(279, Long, 1, stripBytes),
        }.Concat(changes).GroupBy(entry => entry.Tag).Select(same => same.Last()).OrderBy(entry => entry.Tag),
    ];

    /// <summary>Appends bytes.</summary>
    /// <returns>Where they begin.</returns>
    public int Data(ReadOnlySpan<byte> bytes)
    {
        var at = _bytes.Count;
        _bytes.AddRange(bytes);
        return at;
    }

    /// <summary>Appends a directory, to which the one before it leads.</summary>
    /// <returns>Where it begins.</returns>
    public int Directory(params Entry[] entries)
    {
        var at = _bytes.Count;
        Put(entries.Length, _big ? 8 : 2);
        foreach (var entry in entries)
        {
            Put(entry.Tag, 2);
            Put(entry.Type, 2);
            Put(entry.Count, Word);
            Put(entry.Value, Word);
        }

        Link(at);
        _link = _bytes.Count;
        Put(0, Word);
        return at;
    }

    /// <summary>Makes the last directory lead to an offset.</summary>
    public HostileTiff Link(long offset)
    {
        Span<byte> word = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(word, offset);
        for (var i = 0; i < Word; i++)
        {
            _bytes[_link + i] = word[i];
        }

        return this;
    }

    public byte[] ToArray() => [.. _bytes];

    private void Put(long value, int bytes)
    {
        for (var i = 0; i < bytes; i++)
        {
            _bytes.Add((byte)(value >> (8 * i)));
        }
    }
}
