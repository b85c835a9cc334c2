using System.Buffers.Binary;

namespace InferenceBridge.Imaging;

/// <summary>Writes directories of little-endian TIFFs.</summary>
internal static class RawDirectoryWriter
{
    /// <summary>
    /// Gives the first directory of a complete file more tags: writes it anew at the end and lets the header point to it.
    /// So metadata can be told when the pixels are written, among it what is known only then.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read or written, or is too large for its kind of TIFF.</exception>
    public static void SetTags(string path, IReadOnlyList<NewTag> tags)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var directory = RawDirectory.ReadFirst(stream) ?? throw new IOException("its first directory cannot be read back");
        var entries = directory.Entries.Where(entry => tags.All(tag => tag.Tag != entry.Tag)).ToList();
        stream.Position = stream.Length;
        entries.AddRange(tags.Select(tag => Store(stream, tag, directory.IsBigTiff)));
        WriteFirst(stream, entries, directory.IsBigTiff, directory.Next);
    }

    /// <summary>Makes a directory at the end of a file its first one.</summary>
    /// <exception cref="IOException">It cannot be written, or the file is too large for its kind of TIFF.</exception>
    public static void WriteFirst(Stream stream, IEnumerable<RawEntry> entries, bool bigTiff, long next)
    {
        var offset = Align(stream);
        stream.Write(Table(entries, bigTiff, next));
        if (!bigTiff && stream.Position > uint.MaxValue)
        {
            throw new IOException("the file has more than 4 GiB, which a classic TIFF cannot hold");
        }

        // The header comes last: until then the file is none.
        stream.Flush();
        var pointer = new byte[bigTiff ? 8 : 4];
        Write(pointer, offset, pointer.Length);
        stream.Position = pointer.Length;
        stream.Write(pointer);
        stream.Flush();
    }

    /// <summary>Writes a value that does not fit its entry at the end of a file.</summary>
    public static RawEntry Store(Stream stream, NewTag tag, bool bigTiff)
    {
        var inline = new byte[bigTiff ? 8 : 4];
        if (tag.Value.Length <= inline.Length)
        {
            tag.Value.CopyTo(inline, 0);
        }
        else
        {
            Write(inline, Align(stream), inline.Length);
            stream.Write(tag.Value);
        }

        return new RawEntry(tag.Tag, tag.Type, (ulong)tag.Count, inline);
    }

    /// <summary>Bytes of a directory.</summary>
    public static byte[] Table(IEnumerable<RawEntry> entries, bool bigTiff, long next)
    {
        var sorted = entries.OrderBy(entry => entry.Tag).ToList();
        var (countSize, entrySize, size) = bigTiff ? (8, 20, 8) : (2, 12, 4);
        var table = new byte[countSize + (sorted.Count * entrySize) + size];
        Write(table, sorted.Count, countSize);
        for (var i = 0; i < sorted.Count; i++)
        {
            var entry = table.AsSpan(countSize + (i * entrySize), entrySize);
            Write(entry, sorted[i].Tag, 2);
            Write(entry[2..], sorted[i].Type, 2);
            Write(entry[4..], (long)sorted[i].Count, size);
            sorted[i].Inline.CopyTo(entry[(4 + size)..]);
        }

        Write(table.AsSpan(table.Length - size), next, size);
        return table;
    }

    /// <summary>Fills up to a multiple of 8 bytes.</summary>
    public static long Align(Stream stream)
    {
        Span<byte> zeros = stackalloc byte[8];
        zeros.Clear();
        stream.Write(zeros[..(int)(-stream.Position & 7)]);
        return stream.Position;
    }

    /// <summary>Writes the low bytes of an integer.</summary>
    public static void Write(Span<byte> destination, long value, int size)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        bytes[..size].CopyTo(destination);
    }
}

/// <summary>A tag to write.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="Type">TIFF's number of the type: 1 BYTE, 2 ASCII, 3 SHORT, 4 LONG.</param>
/// <param name="Count">Number of values.</param>
/// <param name="Value">The values, little-endian.</param>
internal sealed record NewTag(ushort Tag, ushort Type, long Count, byte[] Value)
{
    public static NewTag Short(ushort tag, int value) => new(tag, 3, 1, [(byte)value, (byte)(value >> 8)]);

    public static NewTag Long(ushort tag, uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return new NewTag(tag, 4, 1, bytes);
    }

    /// <summary>A positive number as the nearest fraction of two 32-bit integers, found by its continued fraction.</summary>
    public static NewTag Rational(ushort tag, double value)
    {
        var ((n0, d0), (n1, d1)) = ((0.0, 1.0), (1.0, 0.0));
        for (var rest = value; ;)
        {
            var whole = Math.Floor(rest);
            var (n2, d2) = ((whole * n1) + n0, (whole * d1) + d0);
            if (n2 > uint.MaxValue || d2 > uint.MaxValue)
            {
                break;
            }

            ((n0, d0), (n1, d1)) = ((n1, d1), (n2, d2));
            if (n1 / d1 == value || rest == whole)
            {
                break;
            }

            rest = 1 / (rest - whole);
        }

        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, d1 > 0 ? (uint)n1 : uint.MaxValue);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), d1 > 0 ? (uint)d1 : 1);
        return new NewTag(tag, 5, 1, bytes);
    }

    public static NewTag Text(ushort tag, string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text + "\0");
        return new NewTag(tag, 2, bytes.Length, bytes);
    }
}
