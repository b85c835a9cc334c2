using System.Xml;
using System.Xml.Linq;

namespace InferenceBridge.Imaging;

/// <summary>OME-XML as a document, from the file itself or from the one that it points to.</summary>
internal static class OmeXmlLoader
{
    // The largest companions, of plates with many wells, have tens of megabytes.
    private const long MaximumCompanionBytes = 256L << 20;

    private const int MaximumDepth = 64;

    /// <summary>Parses a file's OME-XML; where that says that the metadata are in another file, the other's.</summary>
    /// <param name="xml">The file's own OME-XML.</param>
    /// <param name="path">Name of the file.</param>
    /// <returns>The document, and the UUID that the file's own OME-XML gives the file.</returns>
    /// <exception cref="InferenceException">The XML is damaged, or the other file is missing.</exception>
    public static (XDocument Document, string? OwnUuid) Load(string xml, string path)
    {
        var document = Parse(xml, path);
        var uuid = document.Root?.Attribute("UUID")?.Value.Trim();
        var pointer = document.Root?.Elements().FirstOrDefault(e => e.Name.LocalName == "BinaryOnly")?.Attribute("MetadataFile")?.Value;
        if (string.IsNullOrEmpty(pointer))
        {
            return (document, uuid);
        }

        var other = OmeFiles.Find(pointer, path, Path.GetDirectoryName(Path.GetFullPath(path))!);
        TiffPath.CheckReadable(other);
        return (Parse(ReadOther(other), other), uuid);
    }

    private static string ReadOther(string path)
    {
        if (!IsTiff(path))
        {
            var length = FileBytes.Of(path);
            return length <= MaximumCompanionBytes
                ? File.ReadAllText(path)
                : throw TiffErrors.Invalid(path, $"its OME-XML has {length} bytes; accepted: at most {MaximumCompanionBytes}");
        }

        using var source = TiffSource.Open(path);
        source.Select(source.Chain[0]);
        return TiffDirectory.Description(source.Tiff);
    }

    private static bool IsTiff(string path)
    {
        Span<byte> start = stackalloc byte[2];
        using var stream = File.OpenRead(path);
        return stream.ReadAtLeast(start, 2, throwOnEndOfStream: false) == 2 && start[0] == start[1] && start[0] is (byte)'I' or (byte)'M';
    }

    private static XDocument Parse(string xml, string path)
    {
        // No DTD: entities in a hostile file must not expand.
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        var text = xml.Trim('\0', ' ', '\r', '\n', '\t', '\uFEFF');
        try
        {
            using (var reader = XmlReader.Create(new StringReader(text), settings))
            {
                CheckDepth(reader, path);
            }

            using var again = XmlReader.Create(new StringReader(text), settings);
            return XDocument.Load(again);
        }
        catch (XmlException exception)
        {
            throw TiffErrors.Invalid(path, $"its OME-XML is damaged: {exception.Message}", exception);
        }
    }

    // Time grows with the square of the depth, for which OME has no use.
    private static void CheckDepth(XmlReader reader, string path)
    {
        while (reader.Read())
        {
            if (reader.Depth > MaximumDepth)
            {
                throw TiffErrors.Invalid(path, $"its OME-XML nests elements more than {MaximumDepth} deep");
            }
        }
    }
}
