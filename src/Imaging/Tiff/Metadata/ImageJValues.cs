using System.Buffers.Binary;
using System.Text;

namespace InferenceBridge.Imaging;

/// <summary>Metadata to and from the values of ImageJ's private tags.</summary>
internal static class ImageJValues
{
    private static readonly uint Info = ImageJBlock.Kind("info");
    private static readonly uint Labels = ImageJBlock.Kind("labl");
    private static readonly uint Ranges = ImageJBlock.Kind("rang");
    private static readonly uint Luts = ImageJBlock.Kind("luts");
    private static readonly uint Roi = ImageJBlock.Kind("roi ");
    private static readonly uint Overlay = ImageJBlock.Kind("over");
    private static readonly uint Properties = ImageJBlock.Kind("prop");

    /// <summary>What the values say; labels are still in the order of the file's pages.</summary>
    public static ImageMetadata Parse(IReadOnlyList<(uint Kind, byte[] Value)> values, bool bigEndian)
    {
        byte[][] All(uint kind) => [.. values.Where(value => value.Kind == kind).Select(value => value.Value)];
        string Text(byte[] bytes) => (bigEndian ? Encoding.BigEndianUnicode : Encoding.Unicode).GetString(bytes);

        var (info, provenance) = ProvenanceText.Split(All(Info) is [var text, ..] ? Text(text) : "");
        var properties = All(Properties);
        return new ImageMetadata
        {
            Info = info,
            Provenance = provenance,
            SliceLabels = [.. All(Labels).Select(Text)],
            DisplayRanges = All(Ranges) is [var ranges, ..] ? ParseRanges(ranges, bigEndian) : [],
            Luts = [.. All(Luts).Where(lut => lut.Length == ChannelLut.ByteCount).Select(lut => new ChannelLut(lut))],
            Roi = All(Roi) is [var roi, ..] ? roi : default(ReadOnlyMemory<byte>),
            Overlay = [.. All(Overlay).Select(element => new ReadOnlyMemory<byte>(element))],
            Properties = [.. Enumerable.Range(0, properties.Length / 2)
                .Select(i => new KeyValuePair<string, string>(Text(properties[2 * i]), Text(properties[(2 * i) + 1])))],
        };
    }

    /// <summary>The values of metadata whose labels are in the order of the file's pages, little-endian.</summary>
    public static IReadOnlyList<(uint Kind, byte[] Value)> Format(ImageMetadata metadata, string info)
    {
        var values = new List<(uint, byte[])>();
        void Text(uint kind, string text) => values.Add((kind, Encoding.Unicode.GetBytes(text)));

        if (info.Length > 0)
        {
            Text(Info, info);
        }

        foreach (var label in metadata.SliceLabels)
        {
            Text(Labels, label);
        }

        if (metadata.DisplayRanges.Count > 0)
        {
            values.Add((Ranges, FormatRanges(metadata.DisplayRanges)));
        }

        values.AddRange(metadata.Luts.Select(lut => (Luts, lut.Bytes.ToArray())));
        if (!metadata.Roi.IsEmpty)
        {
            values.Add((Roi, metadata.Roi.ToArray()));
        }

        values.AddRange(metadata.Overlay.Select(element => (Overlay, element.ToArray())));
        foreach (var (key, value) in metadata.Properties)
        {
            Text(Properties, key);
            Text(Properties, value);
        }

        return values;
    }

    private static DisplayRange[] ParseRanges(byte[] bytes, bool bigEndian)
    {
        double Number(int index) => bigEndian
            ? BinaryPrimitives.ReadDoubleBigEndian(bytes.AsSpan(8 * index))
            : BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(8 * index));

        return [.. Enumerable.Range(0, bytes.Length / 16).Select(i => new DisplayRange(Number(2 * i), Number((2 * i) + 1)))];
    }

    private static byte[] FormatRanges(IReadOnlyList<DisplayRange> ranges)
    {
        var bytes = new byte[16 * ranges.Count];
        for (var i = 0; i < ranges.Count; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(16 * i), ranges[i].Minimum);
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan((16 * i) + 8), ranges[i].Maximum);
        }

        return bytes;
    }
}
