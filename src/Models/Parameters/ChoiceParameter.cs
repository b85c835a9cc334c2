namespace InferenceBridge.Models;

/// <summary>One of a few named values.</summary>
/// <param name="Name">snake_case and stable.</param>
/// <param name="Help">A sentence or two.</param>
/// <param name="Default">Value that holds where none is given; one of the choices.</param>
/// <param name="Choices">What may be chosen, with a sentence on each.</param>
public sealed record ChoiceParameter(string Name, string Help, string Default, IReadOnlyList<Choice> Choices)
    : ParameterDeclaration(Name, Help, "")
{
    /// <inheritdoc/>
    public override object DefaultValue => Default;

    /// <inheritdoc/>
    public override string Accepted => $"one of {string.Join(", ", Choices.Select(choice => choice.Value))}";

    /// <inheritdoc/>
    public override object Check(object value)
    {
        if (value is not string text)
        {
            throw TypeMismatch(value);
        }

        return Choices.Any(choice => choice.Value == text) ? text : throw OutOfRange(value);
    }
}

/// <summary>A value that may be chosen.</summary>
/// <param name="Value">The value, as a request spells it.</param>
/// <param name="Help">What it means.</param>
public sealed record Choice(string Value, string Help);
