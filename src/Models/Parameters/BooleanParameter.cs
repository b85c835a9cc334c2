namespace InferenceBridge.Models;

/// <summary>A switch.</summary>
/// <param name="Name">snake_case and stable.</param>
/// <param name="Help">A sentence or two.</param>
/// <param name="Default">Value that holds where none is given.</param>
public sealed record BooleanParameter(string Name, string Help, bool Default) : ParameterDeclaration(Name, Help, "")
{
    /// <inheritdoc/>
    public override object DefaultValue => Default;

    /// <inheritdoc/>
    public override string Accepted => "true or false";

    /// <inheritdoc/>
    public override object Check(object value) => value is bool ? value : throw TypeMismatch(value);
}
