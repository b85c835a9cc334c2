using System.Globalization;
using System.Text;

namespace InferenceBridge.Imaging;

/// <summary>
/// Provenance as a paragraph of ImageJ's Info: a heading, then "key = value" lines, which ImageJ's macros find by key.
/// </summary>
internal static class ProvenanceText
{
    private const string Heading = "Processed by InferenceBridge";
    private const string DateFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const string ParameterPrefix = "Parameter ";

    /// <summary>The Info with a paragraph for each entry at its end.</summary>
    public static string Append(string info, IReadOnlyList<ProvenanceEntry> entries)
    {
        var text = new StringBuilder(info);
        foreach (var entry in entries)
        {
            if (text.Length > 0)
            {
                text.Append(text[^1] == '\n' ? "\n" : "\n\n");
            }

            text.Append(Heading).Append('\n');
            foreach (var (key, value) in Pairs(entry))
            {
                text.Append(OneLine(key)).Append(" = ").Append(OneLine(value)).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>Takes the paragraphs that <see cref="Append"/> wrote out of an Info; what people changed in them stays.</summary>
    public static (string Info, IReadOnlyList<ProvenanceEntry> Entries) Split(string text)
    {
        var entries = new List<ProvenanceEntry>();
        if (!text.Contains(Heading, StringComparison.Ordinal))
        {
            return (text, entries);
        }

        var kept = new List<string>();
        foreach (var paragraph in text.Replace("\r\n", "\n", StringComparison.Ordinal).Split("\n\n"))
        {
            var lines = paragraph.Trim('\n').Split('\n');
            if (lines[0] == Heading && Parse(lines.Skip(1)) is { } entry)
            {
                entries.Add(entry);
            }
            else
            {
                kept.Add(paragraph);
            }
        }

        // Whether a line ended before the first paragraph of ours is lost; in an Info, lines end.
        var info = string.Join("\n\n", kept);
        return (info.Length == 0 || info[^1] == '\n' || entries.Count == 0 ? info : info + "\n", entries);
    }

    /// <summary>The entry as keys and values, in the order in which people read them.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Pairs(ProvenanceEntry entry)
    {
        KeyValuePair<string, string> Pair(string key, string value) => new(key, value);

        yield return Pair("Operation", entry.Operation);
        yield return Pair("Operation version", entry.OperationVersion);
        foreach (var (name, value) in entry.Parameters)
        {
            yield return Pair(ParameterPrefix + name, value);
        }

        (string Key, string Value)[] optional =
        [
            ("Weights SHA-256", entry.WeightsSha256), ("Device", entry.Device), ("Server version", entry.ServerVersion), ("Source", entry.Source),
        ];
        foreach (var (key, value) in optional)
        {
            if (value.Length > 0)
            {
                yield return Pair(key, value);
            }
        }

        yield return Pair("Date", entry.Date.UtcDateTime.ToString(DateFormat, CultureInfo.InvariantCulture));
    }

    /// <summary>The opposite of <see cref="Pairs"/>; null where it is no such entry.</summary>
    public static ProvenanceEntry? FromPairs(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var parameters = new List<KeyValuePair<string, string>>();
        foreach (var (key, value) in pairs)
        {
            if (key.StartsWith(ParameterPrefix, StringComparison.Ordinal))
            {
                parameters.Add(new(key[ParameterPrefix.Length..], value));
            }
            else
            {
                values[key] = value;
            }
        }

        return values.TryGetValue("Operation", out var operation) && values.TryGetValue("Date", out var text)
            && DateTimeOffset.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? new ProvenanceEntry(operation, values.GetValueOrDefault("Operation version", ""), date)
            {
                Parameters = parameters,
                WeightsSha256 = values.GetValueOrDefault("Weights SHA-256", ""),
                Device = values.GetValueOrDefault("Device", ""),
                ServerVersion = values.GetValueOrDefault("Server version", ""),
                Source = values.GetValueOrDefault("Source", ""),
            }
            : null;
    }

    private static ProvenanceEntry? Parse(IEnumerable<string> lines)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var line in lines)
        {
            var equals = line.IndexOf(" = ", StringComparison.Ordinal);
            if (equals < 1)
            {
                return null;
            }

            pairs.Add(new(line[..equals], line[(equals + 3)..]));
        }

        return FromPairs(pairs);
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
