using System.Globalization;
using System.Xml.Linq;

namespace InferenceBridge.Imaging;

/// <summary>
/// Operations as map annotations of the image; in OME-XML of older schemas, which have none of these or keep them in
/// another namespace, as text in the image's description.
/// </summary>
internal static class OmeProvenance
{
    private const string CurrentSchema = "/2016-06";

    public static void Write(OmeTree ome, IReadOnlyList<ProvenanceEntry> entries)
    {
        Remove(ome);
        if (entries.Count == 0)
        {
            return;
        }

        if (ome.Root.Name.NamespaceName.EndsWith(CurrentSchema, StringComparison.Ordinal))
        {
            Annotate(ome, entries);
        }
        else
        {
            Describe(ome, entries);
        }
    }

    private static void Remove(OmeTree ome)
    {
        var annotations = ome.ProvenanceAnnotations().ToList();
        var ids = annotations.Select(annotation => annotation.Attribute("ID")?.Value).ToHashSet();
        ome.Root.Descendants().Where(e => OmeTree.Is(e, "AnnotationRef") && ids.Contains(e.Attribute("ID")?.Value)).Remove();
        annotations.ForEach(annotation => annotation.Remove());
        if (Description(ome) is { } description)
        {
            description.Value = ProvenanceText.Split(description.Value).Info;
        }
    }

    private static void Annotate(OmeTree ome, IReadOnlyList<ProvenanceEntry> entries)
    {
        var schema = ome.Root.Name.Namespace;
        var structured = ome.Root.Elements().FirstOrDefault(e => OmeTree.Is(e, "StructuredAnnotations"));
        if (structured is null)
        {
            structured = new XElement(schema + "StructuredAnnotations");
            ome.Root.Elements().Last(e => OmeTree.Is(e, "Image")).AddAfterSelf(structured);
        }

        for (var i = 0; i < entries.Count; i++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"Annotation:InferenceBridge:{i}");
            structured.Add(new XElement(schema + "MapAnnotation",
                new XAttribute("ID", id), new XAttribute("Namespace", OmeTree.ProvenanceNamespace),
                new XElement(schema + "Value", ProvenanceText.Pairs(entries[i]).Select(pair =>
                    new XElement(schema + "M", new XAttribute("K", OmeXmlWriter.Clean(pair.Key)), OmeXmlWriter.Clean(pair.Value))))));

            // References are the last children of an image.
            ome.Image.Add(new XElement(schema + "AnnotationRef", new XAttribute("ID", id)));
        }
    }

    private static void Describe(OmeTree ome, IReadOnlyList<ProvenanceEntry> entries)
    {
        var description = Description(ome);
        if (description is null)
        {
            description = new XElement(ome.Image.Name.Namespace + "Description");
            var before = ome.Image.Elements().LastOrDefault(e => e.Name.LocalName is "AcquiredDate" or "AcquisitionDate" or "CreationDate" or "ExperimenterRef");
            if (before is null)
            {
                ome.Image.AddFirst(description);
            }
            else
            {
                before.AddAfterSelf(description);
            }
        }

        description.Value = OmeXmlWriter.Clean(ProvenanceText.Append(description.Value, entries));
    }

    private static XElement? Description(OmeTree ome) => ome.Image.Elements().FirstOrDefault(e => OmeTree.Is(e, "Description"));
}
