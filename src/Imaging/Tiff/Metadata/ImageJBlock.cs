using System.Buffers.Binary;
using System.Text;

namespace InferenceBridge.Imaging;

/// <summary>
/// ImageJ's private tags: 50838 holds lengths, 50839 the values. First comes a header, "IJIJ" and a list of kinds with the
/// number of values of each, then the values; numbers and UTF-16 text are in the file's byte order. After ImageJ's
/// TiffDecoder, https://imagej.net/ij/developer/source/ij/io/TiffDecoder.java.html.
/// </summary>
internal static class ImageJBlock
{
    public const ushort CountsTag = 50838;
    public const ushort ValuesTag = 50839;

    private const uint Magic = 0x494a494a;
    private const int MaxKinds = 100;

    /// <summary>The values with their kinds; null where the block is damaged.</summary>
    public static List<(uint Kind, byte[] Value)>? Split(ReadOnlySpan<ulong> counts, ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        if (counts.IsEmpty || counts[0] is < 12 or > 4 + (8 * MaxKinds) || counts[0] > (ulong)bytes.Length || Number(bytes, bigEndian) != Magic)
        {
            return null;
        }

        var values = new List<(uint, byte[])>();
        var header = bytes[4..(int)counts[0]];
        var (index, at) = (1, (int)counts[0]);
        for (; header.Length >= 8; header = header[8..])
        {
            var (kind, count) = (Number(header, bigEndian), Number(header[4..], bigEndian));
            for (uint i = 0; i < count; i++, index++)
            {
                if (index >= counts.Length || counts[index] > (ulong)(bytes.Length - at))
                {
                    return null;
                }

                values.Add((kind, bytes.Slice(at, (int)counts[index]).ToArray()));
                at += (int)counts[index];
            }
        }

        return values;
    }

    /// <summary>The two tags, little-endian; values of one kind follow each other.</summary>
    public static IEnumerable<NewTag> Tags(IReadOnlyList<(uint Kind, byte[] Value)> values)
    {
        if (values.Count == 0)
        {
            return [];
        }

        var kinds = values.GroupBy(value => value.Kind).ToList();
        var (counts, block) = (new MemoryStream(), new MemoryStream());
        Write(counts, (uint)(4 + (8 * kinds.Count)));
        Write(block, Magic);
        foreach (var kind in kinds)
        {
            Write(block, kind.Key);
            Write(block, (uint)kind.Count());
        }

        foreach (var (_, value) in kinds.SelectMany(kind => kind))
        {
            Write(counts, (uint)value.Length);
            block.Write(value);
        }

        return
        [
            new NewTag(CountsTag, 4, counts.Length / 4, counts.ToArray()),
            new NewTag(ValuesTag, 1, block.Length, block.ToArray()),
        ];
    }

    /// <summary>A kind by its four letters.</summary>
    public static uint Kind(string letters) => BinaryPrimitives.ReadUInt32BigEndian(Encoding.ASCII.GetBytes(letters));

    private static uint Number(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static void Write(MemoryStream stream, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        stream.Write(bytes);
    }
}
