using System.Globalization;

namespace InferenceBridge.Models;

/// <summary>A whole number within inclusive bounds.</summary>
/// <param name="Name">snake_case and stable.</param>
/// <param name="Help">A sentence or two.</param>
/// <param name="Default">Value that holds where none is given.</param>
/// <param name="Minimum">Smallest value accepted.</param>
/// <param name="Maximum">Largest value accepted.</param>
/// <param name="Unit">Unit of the value; empty for a plain number.</param>
public sealed record IntegerParameter(string Name, string Help, long Default, long Minimum, long Maximum, string Unit = "")
    : ParameterDeclaration(Name, Help, Unit)
{
    /// <inheritdoc/>
    public override object DefaultValue => Default;

    /// <inheritdoc/>
    public override string Accepted => string.Create(CultureInfo.InvariantCulture, $"a whole number from {Minimum} to {Maximum}");

    /// <inheritdoc/>
    public override object Check(object value)
    {
        if (value is not long integer)
        {
            throw TypeMismatch(value);
        }

        return integer >= Minimum && integer <= Maximum ? integer : throw OutOfRange(value);
    }
}
