using System.Buffers.Binary;

namespace InferenceBridge.Imaging;

/// <summary>
/// The first directory of a TIFF as it is stored. The library keeps neither the byte order of private tags nor ImageJ's
/// colour tables of 16-bit images; both are wanted as they are.
/// </summary>
internal sealed class RawDirectory
{
    // Values beyond this are no metadata.
    private const long MaxValueBytes = 256 << 20;

    private readonly Stream _stream;

    private RawDirectory(Stream stream, bool bigEndian, bool bigTiff)
    {
        (_stream, IsBigEndian, IsBigTiff) = (stream, bigEndian, bigTiff);
    }

    public bool IsBigEndian { get; }

    public bool IsBigTiff { get; }

    /// <summary>Entries in the order of the file.</summary>
    public List<RawEntry> Entries { get; } = [];

    /// <summary>Offset of the second directory; 0 where there is none.</summary>
    public long Next { get; private set; }

    /// <summary>Where the header keeps the offset of the first directory.</summary>
    public long PointerOffset => IsBigTiff ? 8 : 4;

    /// <summary>Reads the first directory; null where the file is no TIFF or is cut off in it.</summary>
    public static RawDirectory? ReadFirst(Stream stream)
    {
        Span<byte> header = stackalloc byte[16];
        stream.Position = 0;
        if (stream.ReadAtLeast(header[..8], 8, throwOnEndOfStream: false) < 8 || header[0] != header[1] || header[0] is not ((byte)'I' or (byte)'M'))
        {
            return null;
        }

        var bigEndian = header[0] == 'M';
        var version = bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(header[2..]) : BinaryPrimitives.ReadUInt16LittleEndian(header[2..]);
        if (version is not (42 or 43) || (version == 43 && stream.ReadAtLeast(header[8..], 8, throwOnEndOfStream: false) < 8))
        {
            return null;
        }

        var directory = new RawDirectory(stream, bigEndian, version == 43);
        return directory.ReadAt(checked((long)Math.Min(long.MaxValue, directory.Integer(header[(int)directory.PointerOffset..], directory.OffsetSize))))
            ? directory
            : null;
    }

    /// <summary>The bytes of a tag as they are stored; null where it is absent, cut off or too long.</summary>
    public byte[]? Value(ushort tag)
    {
        var at = Entries.FindIndex(entry => entry.Tag == tag);
        if (at < 0 || Entries[at].ByteCount is not { } count || count > MaxValueBytes)
        {
            return null;
        }

        if (count <= OffsetSize)
        {
            return Entries[at].Inline[..(int)count];
        }

        var offset = Integer(Entries[at].Inline, OffsetSize);
        if (offset > (ulong)_stream.Length || (ulong)_stream.Length - offset < (ulong)count)
        {
            return null;
        }

        var value = new byte[count];
        _stream.Position = (long)offset;
        return _stream.ReadAtLeast(value, value.Length, throwOnEndOfStream: false) == value.Length ? value : null;
    }

    /// <summary>The unsigned integers of a SHORT, LONG or LONG8 tag; null where it is absent or of another type.</summary>
    public ulong[]? Integers(ushort tag)
    {
        var entry = Entries.Find(entry => entry.Tag == tag);
        var size = entry?.Type switch { 3 => 2, 4 => 4, 16 => 8, _ => 0 };
        return size > 0 && Value(tag) is { } bytes
            ? [.. Enumerable.Range(0, bytes.Length / size).Select(i => Integer(bytes.AsSpan(i * size), size))]
            : null;
    }

    /// <summary>A RATIONAL tag; null where it is absent, of another type, or no positive number.</summary>
    public double? Rational(ushort tag)
    {
        if (Entries.Find(entry => entry.Tag == tag) is not { Type: 5 } || Value(tag) is not { Length: 8 } bytes)
        {
            return null;
        }

        var (numerator, denominator) = (Integer(bytes, 4), Integer(bytes.AsSpan(4), 4));
        return numerator > 0 && denominator > 0 ? (double)numerator / denominator : null;
    }

    public int OffsetSize => IsBigTiff ? 8 : 4;

    private bool ReadAt(long offset)
    {
        var (countSize, entrySize) = IsBigTiff ? (8, 20) : (2, 12);
        var bytes = new byte[8];
        if (offset > _stream.Length - countSize)
        {
            return false;
        }

        _stream.Position = offset;
        _stream.ReadExactly(bytes, 0, countSize);
        var count = Integer(bytes, countSize);
        if (count > ushort.MaxValue || (long)count > (_stream.Length - _stream.Position - OffsetSize) / entrySize)
        {
            return false;
        }

        var table = new byte[((int)count * entrySize) + OffsetSize];
        _stream.ReadExactly(table);
        for (var at = 0; at + entrySize < table.Length; at += entrySize)
        {
            var entry = table.AsSpan(at, entrySize);
            Entries.Add(new RawEntry(
                (ushort)Integer(entry, 2), (ushort)Integer(entry[2..], 2), Integer(entry[4..], OffsetSize), entry[(4 + OffsetSize)..].ToArray()));
        }

        Next = (long)Integer(table.AsSpan(table.Length - OffsetSize), OffsetSize);
        return true;
    }

    private ulong Integer(ReadOnlySpan<byte> bytes, int size)
    {
        ulong value = 0;
        for (var i = 0; i < size; i++)
        {
            value = (value << 8) | bytes[IsBigEndian ? i : size - 1 - i];
        }

        return value;
    }
}

/// <summary>An entry of a directory.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="Type">TIFF's number of the type.</param>
/// <param name="Count">Number of values.</param>
/// <param name="Inline">4 bytes, 8 in BigTIFF: the value, or where it is.</param>
internal sealed record RawEntry(ushort Tag, ushort Type, ulong Count, byte[] Inline)
{
    /// <summary>Bytes of the value; null for an unknown type or an absurd count.</summary>
    public long? ByteCount => Type switch
    {
        1 or 2 or 6 or 7 => Bytes(1),
        3 or 8 => Bytes(2),
        4 or 9 or 11 or 13 => Bytes(4),
        5 or 10 or 12 or 16 or 17 or 18 => Bytes(8),
        _ => null,
    };

    private long? Bytes(int size) => Count <= (ulong)(long.MaxValue / size) ? (long)Count * size : null;
}
