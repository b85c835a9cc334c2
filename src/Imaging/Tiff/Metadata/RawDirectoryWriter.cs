using System.Buffers.Binary;

namespace InferenceBridge.Imaging;

/// <summary>
/// Gives the first directory of a complete little-endian TIFF more tags: writes it anew at the end of the file and lets
/// the header point to it. So metadata can be told when the pixels are written, among it what is known only then.
/// </summary>
internal static class RawDirectoryWriter
{
    /// <exception cref="IOException">The file cannot be read or written, or is too large for its kind of TIFF.</exception>
    public static void SetTags(string path, IReadOnlyList<NewTag> tags)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var directory = RawDirectory.ReadFirst(stream) ?? throw new IOException("its first directory cannot be read back");
        var entries = directory.Entries.Where(entry => tags.All(tag => tag.Tag != entry.Tag)).ToList();
        var size = directory.OffsetSize;
        stream.Position = stream.Length;
        foreach (var tag in tags)
        {
            var inline = new byte[size];
            if (tag.Value.Length <= size)
            {
                tag.Value.CopyTo(inline, 0);
            }
            else
            {
                Write(inline, Align(stream), size);
                stream.Write(tag.Value);
            }

            entries.Add(new RawEntry(tag.Tag, tag.Type, (ulong)tag.Count, inline));
        }

        var offset = Align(stream);
        stream.Write(Table(entries.OrderBy(entry => entry.Tag).ToList(), directory));
        var pointer = new byte[size];
        Write(pointer, offset, size);
        if (!directory.IsBigTiff && stream.Position > uint.MaxValue)
        {
            throw new IOException("the file has more than 4 GiB, which a classic TIFF cannot hold");
        }

        stream.Flush();
        stream.Position = directory.PointerOffset;
        stream.Write(pointer);
    }

    private static byte[] Table(List<RawEntry> entries, RawDirectory directory)
    {
        var size = directory.OffsetSize;
        var (countSize, entrySize) = directory.IsBigTiff ? (8, 20) : (2, 12);
        var table = new byte[countSize + (entries.Count * entrySize) + size];
        Write(table, entries.Count, countSize);
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = table.AsSpan(countSize + (i * entrySize), entrySize);
            Write(entry, entries[i].Tag, 2);
            Write(entry[2..], entries[i].Type, 2);
            Write(entry[4..], (long)entries[i].Count, size);
            entries[i].Inline.CopyTo(entry[(4 + size)..]);
        }

        Write(table.AsSpan(table.Length - size), directory.Next, size);
        return table;
    }

    private static long Align(FileStream stream)
    {
        while (stream.Position % 8 != 0)
        {
            stream.WriteByte(0);
        }

        return stream.Position;
    }

    private static void Write(Span<byte> destination, long value, int size)
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
    public static NewTag Text(ushort tag, string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text + "\0");
        return new NewTag(tag, 2, bytes.Length, bytes);
    }
}
