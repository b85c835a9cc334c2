namespace InferenceBridge.Client;

/// <summary>A declared parameter of an operation; a form or a flag can be built from it.</summary>
/// <param name="Name">snake_case and stable: "patch_size".</param>
/// <param name="Kind">Type of its value.</param>
/// <param name="Default">Value that holds where none is given.</param>
public sealed record ParameterInfo(string Name, ParameterKind Kind, ParameterValue Default)
{
    /// <summary>A sentence or two.</summary>
    public string Help { get; init; } = "";

    /// <summary>Unit of the value ("px", "µm", "photons"); empty for a plain number.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Smallest value accepted, of the type of <see cref="Kind"/>; null for switches and choices.</summary>
    public ParameterValue? Minimum { get; init; }

    /// <summary>Largest value accepted, of the type of <see cref="Kind"/>; null for switches and choices.</summary>
    public ParameterValue? Maximum { get; init; }

    /// <summary>What may be chosen; empty unless <see cref="Kind"/> is <see cref="ParameterKind.Choice"/>.</summary>
    public IReadOnlyList<ChoiceInfo> Choices { get; init; } = [];

    /// <summary>What the server says of the values that it accepts, where bounds or choices do not say it all; else empty.</summary>
    public string AcceptedText { get; init; } = "";

    /// <summary>What values are accepted, for people: "a number from 0 to 10".</summary>
    public string Accepted => AcceptedText.Length > 0 ? AcceptedText : Kind switch
    {
        ParameterKind.Number => $"a number from {Minimum} to {Maximum}",
        ParameterKind.Integer => $"a whole number from {Minimum} to {Maximum}",
        ParameterKind.Boolean => "true or false",
        _ => $"one of {string.Join(", ", Choices.Select(choice => choice.Value))}",
    };
}
