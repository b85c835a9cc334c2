namespace InferenceBridge.Models.Packages;

/// <summary>Citations in one line.</summary>
internal static class Citations
{
    public static string Read(YamlField cite) => string.Join("; ", cite.Items.Select(One));

    private static string One(YamlField entry)
    {
        var text = (entry["text"].Text ?? "").Trim();
        var link = entry["doi"].Text is { } doi ? $"doi:{doi}" : entry["url"].Text;
        return link is null ? text : $"{text}, {link}";
    }
}
