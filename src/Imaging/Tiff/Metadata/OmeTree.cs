using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace InferenceBridge.Imaging;

/// <summary>The OME-XML of one image, of any schema version; names are matched without their namespace.</summary>
internal sealed class OmeTree
{
    /// <summary>Namespace of the annotations that tell an operation.</summary>
    public const string ProvenanceNamespace = "inferencebridge/provenance";

    private OmeTree(XDocument document, XElement pixels) => (Document, Pixels) = (document, pixels);

    public XElement Root => Document.Root!;

    /// <summary>Pixels of the one image.</summary>
    public XElement Pixels { get; }

    public XElement Image => Pixels.Parent!;

    private XDocument Document { get; }

    /// <summary>Channels in order.</summary>
    public IEnumerable<XElement> Channels => Pixels.Elements().Where(element => Is(element, "Channel"));

    /// <summary>Parses an XML; null where it is damaged or has no pixels in an image.</summary>
    public static OmeTree? Parse(string xml)
    {
        // No DTD: entities in a hostile file must not expand.
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        try
        {
            using var reader = XmlReader.Create(new StringReader(xml.Trim('\0', ' ', '\r', '\n', '\t', '\uFEFF')), settings);
            var document = XDocument.Load(reader);
            return document.Descendants().FirstOrDefault(e => Is(e, "Pixels")) is { } pixels ? Of(pixels) : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>A copy of the document that an image's pixels are in, with that image alone; null where they are in none.</summary>
    public static OmeTree? Of(XElement pixels)
    {
        if (pixels.Document is not { Root: not null } document || pixels.Parent?.Parent is null)
        {
            return null;
        }

        var index = document.Descendants(pixels.Name).TakeWhile(element => element != pixels).Count();
        var copy = new XDocument(document);
        var tree = new OmeTree(copy, copy.Descendants(pixels.Name).ElementAt(index));
        tree.KeepOneImage();
        return tree;
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

    private void KeepOneImage()
    {
        Root.Elements().Where(e => Is(e, "Image") && e != Image).Remove();
        var kept = Image.Attribute("ID")?.Value;
        Root.Descendants().Where(e => Is(e, "ImageRef") && e.Attribute("ID")?.Value != kept).Remove();
    }

    private static ChannelLut Ramp(string? colour) =>
        int.TryParse(colour, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? ChannelLut.Ramp((byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8))
            : ChannelLut.Ramp(255, 255, 255);
}
