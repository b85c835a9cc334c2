using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace InferenceBridge.Imaging;

/// <summary>
/// Writes the OME-XML of a volume whose planes follow each other with Z fastest, then C, then T: that of the image as far
/// as it stays true, else a new one (schema 2016-06).
/// </summary>
internal static class OmeXmlWriter
{
    private static readonly XNamespace Current = "http://www.openmicroscopy.org/Schemas/OME/2016-06";

    public static string Format(VolumeInfo info, ImageMetadata metadata, string fileName)
    {
        var ome = metadata.OmeXml.Length > 0 ? OmeTree.Parse(metadata.OmeXml) : null;
        ome ??= OmeTree.Parse(New(info, fileName))!;
        OmeXmlEditor.Edit(ome, info, metadata);
        OmeProvenance.Write(ome, metadata.Provenance);
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + ome.Root.ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>The text without characters that XML cannot hold.</summary>
    public static string Clean(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]);
            if (!isPair && !XmlConvert.IsXmlChar(text[i]))
            {
                text = text.Remove(i--, 1);
            }
            else if (isPair)
            {
                i++;
            }
        }

        return text;
    }

    private static string New(VolumeInfo info, string fileName)
    {
        var channels = Enumerable.Range(0, info.Shape.Channels).Select(c => new XElement(Current + "Channel",
            new XAttribute("ID", string.Create(CultureInfo.InvariantCulture, $"Channel:0:{c}")), new XAttribute("SamplesPerPixel", 1)));
        return new XElement(Current + "OME", new XAttribute("Creator", "InferenceBridge"),
            new XElement(Current + "Image", new XAttribute("ID", "Image:0"), new XAttribute("Name", Clean(fileName)),
                new XElement(Current + "Pixels", new XAttribute("ID", "Pixels:0"), channels))).ToString(SaveOptions.DisableFormatting);
    }
}
