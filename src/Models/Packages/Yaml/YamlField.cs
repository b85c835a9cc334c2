using System.Globalization;

namespace InferenceBridge.Models.Packages;

/// <summary>A value and where it stands, so that every refusal names file and field.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Path">Where the value stands: "inputs[0].axes[2].size"; empty for the document.</param>
/// <param name="Value">The value; null where there is none.</param>
internal sealed record YamlField(string File, string Path, YamlValue? Value)
{
    public bool IsMissing => Value is null or YamlNothing;

    public bool IsMap => Value is YamlMap;

    public bool IsList => Value is YamlList;

    public bool IsText => Value is YamlText;

    /// <summary>The text; null where there is none.</summary>
    public string? Text => IsMissing ? null : Value is YamlText text ? text.Value : throw Fault("a text");

    /// <summary>Items of a list; none where it is missing.</summary>
    public IReadOnlyList<YamlField> Items => IsMissing ? []
        : Value is YamlList list ? [.. list.Items.Select((item, i) => new YamlField(File, $"{Path}[{i}]", item))]
        : throw Fault("a list");

    /// <summary>Entries of a mapping; none where it is missing.</summary>
    public IReadOnlyList<(string Name, YamlField Field)> Entries => IsMissing ? []
        : Value is YamlMap map ? [.. map.Entries.Select(entry => (entry.Key, this[entry.Key]))]
        : throw Fault("names with values");

    private string Label => Path.Length == 0 ? "the document" : Path;

    /// <summary>A value of a mapping; missing where the name or the mapping is.</summary>
    public YamlField this[string name] => new(File, Path.Length == 0 ? name : $"{Path}.{name}",
        IsMissing ? null : Value is YamlMap map ? map.Entries.GetValueOrDefault(name) : throw Fault("names with values"));

    public string RequireText() => Text ?? throw Fault("a text");

    public YamlField Require(string accepted) => IsMissing ? throw Fault(accepted) : this;

    /// <summary>A whole number; null where there is none.</summary>
    public int? Integer(int minimum, int maximum = int.MaxValue)
    {
        if (IsMissing)
        {
            return null;
        }

        return IsText && int.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= minimum && number <= maximum
            ? number
            : throw Fault(string.Create(CultureInfo.InvariantCulture, $"a whole number from {minimum}{(maximum == int.MaxValue ? "" : $" to {maximum}")}"));
    }

    /// <summary>A number, which may be ".inf"; null where there is none.</summary>
    public double? Number()
    {
        if (IsMissing)
        {
            return null;
        }

        return (IsText ? Text : "") switch
        {
            ".inf" or "+.inf" or ".Inf" => double.PositiveInfinity,
            "-.inf" or "-.Inf" => double.NegativeInfinity,
            { } text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
            _ => throw Fault("a number"),
        };
    }

    public bool Boolean(bool otherwise) => Text switch
    {
        null => otherwise,
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => throw Fault("true or false"),
    };

    /// <summary>The refusal of this value.</summary>
    public InferenceException Fault(string accepted) =>
        new(InferenceError.FileFormatInvalid, $"{File}:{Path}", $"{File}: {Label} {Shown()}; accepted: {accepted}.");

    /// <summary>A refusal that says more than the value.</summary>
    public InferenceException Refuse(string sentence) =>
        new(InferenceError.FileFormatInvalid, $"{File}:{Path}", $"{File}: {Label} {sentence}");

    private string Shown() => Value switch
    {
        null or YamlNothing => "is missing",
        YamlText text => $"is \"{(text.Value.Length > 100 ? text.Value[..100] + "…" : text.Value)}\"",
        YamlList => "is a list",
        _ => "is a mapping",
    };
}
