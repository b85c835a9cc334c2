namespace InferenceBridge.Client;

/// <summary>A value that may be chosen.</summary>
/// <param name="Value">The value, as a request spells it.</param>
/// <param name="Help">What it means.</param>
public sealed record ChoiceInfo(string Value, string Help);
