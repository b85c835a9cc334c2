using System.Globalization;

namespace InferenceBridge.Models;

/// <summary>A real number within inclusive bounds.</summary>
/// <param name="Name">snake_case and stable.</param>
/// <param name="Help">A sentence or two.</param>
/// <param name="Default">Value that holds where none is given.</param>
/// <param name="Minimum">Smallest value accepted.</param>
/// <param name="Maximum">Largest value accepted.</param>
/// <param name="Unit">Unit of the value; empty for a plain number.</param>
public sealed record NumberParameter(string Name, string Help, double Default, double Minimum, double Maximum, string Unit = "")
    : ParameterDeclaration(Name, Help, Unit)
{
    /// <summary>Smallest value beside <see cref="Minimum"/>, which then stands for a value that is not given; null: they all count.</summary>
    public double? Least { get; init; }

    /// <inheritdoc/>
    public override object DefaultValue => Default;

    /// <inheritdoc/>
    public override string Accepted => Least is { } least
        ? string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {Maximum}, or {Minimum} where it is not given")
        : string.Create(CultureInfo.InvariantCulture, $"a number from {Minimum} to {Maximum}");

    /// <inheritdoc/>
    public override object Check(object value)
    {
        var number = value switch
        {
            double real => real,
            long integer => integer,
            _ => throw TypeMismatch(value),
        };
        return number == Minimum || (number >= (Least ?? Minimum) && number <= Maximum) ? number : throw OutOfRange(value);
    }
}
