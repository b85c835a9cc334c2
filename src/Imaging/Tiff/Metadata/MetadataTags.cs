using System.Buffers.Binary;

namespace InferenceBridge.Imaging;

/// <summary>The tags of a file's first directory that carry metadata.</summary>
internal static class MetadataTags
{
    private const ushort Description = 270;
    private const ushort Software = 305;
    private const ushort ColourMap = 320;

    public static IReadOnlyList<NewTag> For(VolumeInfo info, ImageMetadata metadata, TiffFlavour flavour, string fileName)
    {
        var tags = new List<NewTag> { NewTag.Text(Software, "InferenceBridge") };
        var (luts, provenance) = (metadata.Luts, metadata.Provenance);
        switch (flavour)
        {
            case TiffFlavour.ImageJ:
                tags.Add(NewTag.Text(Description, ImageJLines.Format(info, metadata)));
                metadata = metadata with { SliceLabels = PageLabels(info, metadata) };
                if (info.Shape.Channels == 1 && luts.Count == 1)
                {
                    tags.Add(ColourMapOf(luts[0]));
                    luts = [];
                }

                break;
            case TiffFlavour.Ome:
                // The XML tells the operations, and colours that are ramps.
                tags.Add(NewTag.Text(Description, OmeXmlWriter.Format(info, metadata, fileName)));
                provenance = [];
                luts = luts.All(lut => lut.TryGetRamp(out _)) ? [] : luts;
                break;
            default:
                break;
        }

        var block = ImageJValues.Format(metadata with { Luts = luts }, ProvenanceText.Append(metadata.Info, provenance));
        tags.AddRange(ImageJBlock.Tags(block));
        return tags;
    }

    // Pages have channels fastest; labels come with slices fastest.
    private static string[] PageLabels(VolumeInfo info, ImageMetadata metadata)
    {
        var shape = info.Shape;
        var labels = metadata.SliceLabels.Count > 0 ? metadata.SliceLabels : ChannelLabels.FromNames(info.ChannelNames, shape);
        if (labels.Count != shape.PlaneCount)
        {
            return [];
        }

        var pages = new string[labels.Count];
        var at = 0;
        for (var t = 0; t < shape.Frames; t++)
        {
            for (var z = 0; z < shape.Depth; z++)
            {
                for (var c = 0; c < shape.Channels; c++)
                {
                    pages[at++] = labels[checked((int)shape.PlaneNumber(t, c, z))];
                }
            }
        }

        return pages;
    }

    /// <summary>A lookup table as a colour map: 256 reds, greens and blues of 16 unsigned bits.</summary>
    public static short[] ColoursOf(ChannelLut lut) => [.. lut.Bytes.ToArray().Select(value => unchecked((short)(value * 257)))]; // 255 becomes 65535.

    private static NewTag ColourMapOf(ChannelLut lut)
    {
        var bytes = new byte[2 * ChannelLut.ByteCount];
        var colours = ColoursOf(lut);
        for (var i = 0; i < colours.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(2 * i), colours[i]);
        }

        return new NewTag(ColourMap, 3, ChannelLut.ByteCount, bytes);
    }
}
