using System.Globalization;
using InferenceBridge.Imaging;

namespace InferenceBridge.Cli;

/// <summary>What a file tells beside axes and pixels, for people in short and as JSON in full.</summary>
internal static class MetadataReport
{
    private const int ShownLines = 12;

    public static void AddTo(TextTable table, ImageMetadata metadata)
    {
        if (metadata.Luts.Count > 0)
        {
            table.Add("LUTs", string.Join(", ", metadata.Luts));
        }

        if (metadata.DisplayRanges.Count > 0)
        {
            table.Add("display ranges", string.Join(", ", metadata.DisplayRanges.Select(range => $"{Format.Number(range.Minimum)} to {Format.Number(range.Maximum)}")));
        }

        if (metadata.SliceLabels.Count > 0)
        {
            AddLines(table, "slice labels", metadata.SliceLabels.Where(label => label.Length > 0).Select(label => label.Split('\n')[0]));
        }

        if (!metadata.Roi.IsEmpty)
        {
            table.Add("selection", Format.Bytes(metadata.Roi.Length));
        }

        if (metadata.Overlay.Count > 0)
        {
            table.Add("overlay", $"{metadata.Overlay.Count} element{(metadata.Overlay.Count == 1 ? "" : "s")}");
        }

        AddLines(table, "ImageJ", metadata.DescriptionLines.Concat(metadata.Properties).Select(line => $"{line.Key}={line.Value}"));
        AddLines(table, "Info", metadata.Info.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        if (metadata.OmeXml.Length > 0)
        {
            table.Add("OME-XML", $"{Format.Count(metadata.OmeXml.Length)} characters (--json prints them)");
        }

        foreach (var entry in metadata.Provenance)
        {
            table.Add("processed by", Describe(entry));
        }
    }

    public static object ToJson(ImageMetadata metadata) => new
    {
        Luts = metadata.Luts.Select(lut => new { Name = lut.ToString(), RgbBase64 = Convert.ToBase64String(lut.Bytes.Span) }),
        DisplayRanges = metadata.DisplayRanges.Select(range => new[] { range.Minimum, range.Maximum }),
        metadata.SliceLabels,
        metadata.Info,
        Properties = Pairs(metadata.Properties),
        ImagejLines = Pairs(metadata.DescriptionLines),
        RoiBase64 = Convert.ToBase64String(metadata.Roi.Span),
        OverlayBase64 = metadata.Overlay.Select(element => Convert.ToBase64String(element.Span)),
        metadata.OmeXml,
        Provenance = metadata.Provenance.Select(entry => new
        {
            entry.Operation,
            entry.OperationVersion,
            Date = entry.Date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            Parameters = Pairs(entry.Parameters),
            entry.WeightsSha256,
            entry.Device,
            entry.ServerVersion,
            entry.Source,
        }),
    };

    private static string Describe(ProvenanceEntry entry)
    {
        var parameters = string.Join(", ", entry.Parameters.Select(pair => $"{pair.Key}={pair.Value}"));
        return $"{entry.Operation}, version {entry.OperationVersion}{(parameters.Length == 0 ? "" : $" ({parameters})")}, on {entry.Device}, "
            + entry.Date.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
    }

    private static Dictionary<string, string> Pairs(IEnumerable<KeyValuePair<string, string>> pairs) =>
        pairs.GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Last().Value);

    private static void AddLines(TextTable table, string heading, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        foreach (var line in all.Take(ShownLines))
        {
            table.Add(heading, line);
            heading = "";
        }

        if (all.Count > ShownLines)
        {
            table.Add("", $"… and {Format.Count(all.Count - ShownLines)} more (--json prints them all)");
        }
    }
}
