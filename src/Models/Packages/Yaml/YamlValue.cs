namespace InferenceBridge.Models.Packages;

/// <summary>A value of a YAML document.</summary>
internal abstract record YamlValue;

/// <summary>A text; numbers and dates are texts too until someone asks for more.</summary>
internal sealed record YamlText(string Value) : YamlValue;

/// <summary>A list.</summary>
internal sealed record YamlList(IReadOnlyList<YamlValue> Items) : YamlValue;

/// <summary>Named values.</summary>
internal sealed record YamlMap(IReadOnlyDictionary<string, YamlValue> Entries) : YamlValue;

/// <summary>Nothing: null, ~ or a name without a value.</summary>
internal sealed record YamlNothing : YamlValue;
