namespace InferenceBridge.Models;

/// <summary>A parameter of an operation, declared once; every client's form and every check is built from it.</summary>
/// <param name="Name">snake_case and stable: "patch_size".</param>
/// <param name="Help">A sentence or two.</param>
/// <param name="Unit">Unit of the value ("px", "µm", "photons"); empty for a plain number.</param>
public abstract record ParameterDeclaration(string Name, string Help, string Unit)
{
    /// <summary>The value that holds where none is given.</summary>
    public abstract object DefaultValue { get; }

    /// <summary>What values are accepted, for people: "0 to 10".</summary>
    public abstract string Accepted { get; }

    /// <summary>Checks a value and brings it to the declared type: double, long, bool or string.</summary>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.ParameterTypeMismatch"/> or <see cref="InferenceError.ParameterOutOfRange"/>.
    /// </exception>
    public abstract object Check(object value);

    /// <summary>The refusal of a value of the wrong type.</summary>
    protected InferenceException TypeMismatch(object value) => new(InferenceError.ParameterTypeMismatch, Field,
        $"Parameter {Name} is {Describe(value)}; accepted: {Accepted}.");

    /// <summary>The refusal of a value outside of the declared range or choices.</summary>
    protected InferenceException OutOfRange(object value) => new(InferenceError.ParameterOutOfRange, Field,
        $"Parameter {Name} is {Describe(value)}; accepted: {Accepted}.");

    private string Field => $"parameters.{Name}";

    private static string Describe(object value) => value switch
    {
        string text => $"the text \"{text}\"",
        bool boolean => boolean ? "true" : "false",
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => $"{value}",
    };
}
