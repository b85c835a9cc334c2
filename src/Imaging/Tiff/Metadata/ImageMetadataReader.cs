using System.Text;
using System.Xml.Linq;

namespace InferenceBridge.Imaging;

/// <summary>
/// Reads what a file tells beside its axes and pixels. Metadata that is damaged is left out: it is no reason to refuse pixels.
/// </summary>
internal static class ImageMetadataReader
{
    private const ushort PhotometricTag = 262;
    private const ushort DescriptionTag = 270;
    private const ushort ColourMapTag = 320;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static ImageMetadata Read(string path, TiffAxes axes)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return RawDirectory.ReadFirst(stream) is { } directory ? Read(directory, axes) : ImageMetadata.None;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw TiffErrors.Unreadable(path, exception.Message.TrimEnd('.'), exception);
        }
    }

    private static ImageMetadata Read(RawDirectory directory, TiffAxes axes)
    {
        var shape = axes.Info.Shape;
        var metadata = FromBlock(directory, axes);
        var description = Text(directory.Value(DescriptionTag) ?? []);
        metadata = axes.Flavour switch
        {
            TiffFlavour.Ome => WithOme(metadata, axes.OmePixels, shape),
            TiffFlavour.ImageJ => WithImageJLines(metadata, description, shape),
            _ => WithDescription(metadata, description),
        };

        return shape.Channels == 1 && metadata.Luts.Count == 0 ? metadata with { Luts = SingleLut(directory, axes.Flavour) } : metadata;
    }

    // ImageJ keeps the table of a single channel as a colour map of 256 entries, whatever the depth of the pixels, and an
    // inverted table as "0 is white".
    private static ChannelLut[] SingleLut(RawDirectory directory, TiffFlavour flavour)
    {
        if (directory.Integers(ColourMapTag) is { Length: ChannelLut.ByteCount } map && (flavour == TiffFlavour.ImageJ || !IsPalette(directory)))
        {
            return [new ChannelLut([.. map.Select(value => (byte)(value >> 8))])];
        }

        return flavour == TiffFlavour.ImageJ && directory.Integers(PhotometricTag) is [0] ? [ChannelLut.Inverted] : [];
    }

    private static bool IsPalette(RawDirectory directory) => directory.Integers(PhotometricTag) is [3];

    private static ImageMetadata FromBlock(RawDirectory directory, TiffAxes axes)
    {
        var shape = axes.Info.Shape;
        if (directory.Integers(ImageJBlock.CountsTag) is not { } counts || directory.Value(ImageJBlock.ValuesTag) is not { } bytes
            || ImageJBlock.Split(counts, bytes, directory.IsBigEndian) is not { } values)
        {
            return ImageMetadata.None;
        }

        var metadata = ImageJValues.Parse(values, directory.IsBigEndian);
        var pages = metadata.SliceLabels;
        return metadata with
        {
            SliceLabels = pages.Any(label => label.Length > 0)
                ? [.. Enumerable.Range(0, checked((int)shape.PlaneCount)).Select(plane => LabelOf(axes.Locate(plane), pages))]
                : [],
            Luts = metadata.Luts.Count == shape.Channels ? metadata.Luts : [],
            DisplayRanges = metadata.DisplayRanges.Count >= shape.Channels && metadata.DisplayRanges.All(IsShowable)
                ? [.. metadata.DisplayRanges.Take(shape.Channels)]
                : [],
        };
    }

    private static ImageMetadata WithOme(ImageMetadata metadata, XElement? pixels, VolumeShape shape)
    {
        if (pixels is null || OmeTree.Of(pixels) is not { } ome)
        {
            return metadata;
        }

        return metadata with
        {
            OmeXml = ome.Root.ToString(SaveOptions.DisableFormatting),
            Provenance = [.. metadata.Provenance, .. ome.Provenance],
            Luts = metadata.Luts.Count > 0 ? metadata.Luts : ome.Colours(shape.Channels),
        };
    }

    private static ImageMetadata WithImageJLines(ImageMetadata metadata, string description, VolumeShape shape)
    {
        var lines = ImageJLines.Parse(description);
        return metadata with
        {
            DescriptionLines = [.. lines.Where(line => !ImageJLines.IsAxisOrRange(line.Key))],

            // These two lines are of the channel that was on top.
            DisplayRanges = metadata.DisplayRanges.Count == 0 && shape.Channels == 1 && ImageJLines.Range(lines) is { } range ? [range] : metadata.DisplayRanges,
        };
    }

    // As ImageJ itself does with a description that is not its own.
    private static ImageMetadata WithDescription(ImageMetadata metadata, string description)
    {
        if (metadata.Info.Length > 0 || description.Trim().Length == 0)
        {
            return metadata;
        }

        var (info, provenance) = ProvenanceText.Split($"ImageDescription: {description.Trim()}\n");
        return metadata with { Info = info, Provenance = [.. metadata.Provenance, .. provenance] };
    }

    private static string LabelOf(PlaneLocation place, IReadOnlyList<string> pages) =>
        place.File == 0 && place.Page < pages.Count ? pages[place.Page] : "";

    private static bool IsShowable(DisplayRange range) => double.IsFinite(range.Minimum) && double.IsFinite(range.Maximum);

    private static string Text(byte[] bytes)
    {
        var end = Array.IndexOf(bytes, (byte)0);
        var text = bytes.AsSpan(0, end < 0 ? bytes.Length : end);
        try
        {
            return StrictUtf8.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(text);
        }
    }
}
