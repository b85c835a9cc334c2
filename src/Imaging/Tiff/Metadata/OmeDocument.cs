using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace InferenceBridge.Imaging;

/// <summary>An OME-XML that came with a file, of any schema version; names are matched without their namespace.</summary>
internal sealed class OmeDocument
{
    /// <summary>Namespace of the annotations that tell an operation.</summary>
    public const string ProvenanceNamespace = "inferencebridge/provenance";

    private OmeDocument(XDocument document, XElement pixels) => (Document, Pixels) = (document, pixels);

    public XDocument Document { get; }

    public XElement Root => Document.Root!;

    /// <summary>Pixels of the first image.</summary>
    public XElement Pixels { get; }

    public XElement Image => Pixels.Parent!;

    /// <summary>Channels in order.</summary>
    public IEnumerable<XElement> Channels => Pixels.Elements().Where(element => Is(element, "Channel"));

    /// <summary>Parses an XML; null where it is damaged or has no pixels in an image.</summary>
    public static OmeDocument? Parse(string xml)
    {
        // No DTD: entities in a hostile file must not expand.
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        try
        {
            using var reader = XmlReader.Create(new StringReader(xml.Trim('\0', ' ', '\r', '\n', '\t', '\uFEFF')), settings);
            var document = XDocument.Load(reader);
            return document.Descendants().FirstOrDefault(e => Is(e, "Pixels")) is { Parent.Parent: not null } pixels
                ? new OmeDocument(document, pixels)
                : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    public static bool Is(XElement element, string name) => element.Name.LocalName == name;

    /// <summary>The operations that annotations and the image's description tell.</summary>
    public IEnumerable<ProvenanceEntry> Provenance
    {
        get
        {
            var described = Image.Elements().FirstOrDefault(e => Is(e, "Description"));
            var entries = described is null ? [] : ProvenanceText.Split(described.Value).Entries;
            return entries.Concat(ProvenanceAnnotations()
                .Select(annotation => ProvenanceText.FromPairs(annotation.Descendants().Where(e => Is(e, "M"))
                    .Select(m => new KeyValuePair<string, string>(m.Attribute("K")?.Value ?? "", m.Value))))
                .OfType<ProvenanceEntry>());
        }
    }

    public IEnumerable<XElement> ProvenanceAnnotations() =>
        Root.Descendants().Where(e => Is(e, "MapAnnotation") && e.Attribute("Namespace")?.Value == ProvenanceNamespace);

    /// <summary>A ramp for each channel from the channels' colours, grey for one without; none where no channel has any.</summary>
    public IReadOnlyList<ChannelLut> Colours(int channels)
    {
        var colours = Channels.Select(channel => channel.Attribute("Color")?.Value).ToList();
        return colours.Count != channels || colours.All(colour => colour is null) ? [] : [.. colours.Select(Ramp)];
    }

    /// <summary>OME's number of a colour: red, green, blue and 255 for opaque, in a signed 32-bit integer.</summary>
    public static int Colour((byte Red, byte Green, byte Blue) colour) =>
        unchecked((int)(((uint)colour.Red << 24) | ((uint)colour.Green << 16) | ((uint)colour.Blue << 8) | 255));

    private static ChannelLut Ramp(string? colour) =>
        int.TryParse(colour, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? ChannelLut.Ramp((byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8))
            : ChannelLut.Ramp(255, 255, 255);
}
