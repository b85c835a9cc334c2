using System.Globalization;
using InferenceBridge.Client.Internal;

namespace InferenceBridge.Client;

/// <summary>
/// A typed value of a parameter. Numbers, switches and texts convert to it by themselves:
/// <c>new Dictionary&lt;string, ParameterValue&gt; { ["h"] = 0.5, ["patch_size"] = 5, ["mode"] = "3d" }</c>.
/// </summary>
public sealed record ParameterValue
{
    private readonly object _value;

    private ParameterValue(ParameterKind kind, object value)
    {
        Kind = kind;
        _value = value;
    }

    /// <summary>Type of the value.</summary>
    public ParameterKind Kind { get; }

    /// <summary>The value: double, long, bool or string, as <see cref="Kind"/> says.</summary>
    public object Value => _value;

    /// <summary>A real number.</summary>
    public static implicit operator ParameterValue(double value) => FromDouble(value);

    /// <summary>A whole number; the server accepts it for a real parameter too.</summary>
    public static implicit operator ParameterValue(long value) => FromInt64(value);

    /// <summary>A switch.</summary>
    public static implicit operator ParameterValue(bool value) => FromBoolean(value);

    /// <summary>A named choice.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public static implicit operator ParameterValue(string value) => FromString(value);

    /// <summary>A real number.</summary>
    public static ParameterValue FromDouble(double value) => new(ParameterKind.Number, value);

    /// <summary>A whole number; the server accepts it for a real parameter too.</summary>
    public static ParameterValue FromInt64(long value) => new(ParameterKind.Integer, value);

    /// <summary>A switch.</summary>
    public static ParameterValue FromBoolean(bool value) => new(ParameterKind.Boolean, value);

    /// <summary>A named choice.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public static ParameterValue FromString(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new ParameterValue(ParameterKind.Choice, value);
    }

    /// <summary>
    /// Reads a text as a person types it for a declared parameter, and checks it against the declaration. Numbers have a
    /// decimal point whatever the culture; switches are "true" or "false".
    /// </summary>
    /// <param name="parameter">The declaration.</param>
    /// <param name="text">The text; space around it is ignored.</param>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.ParameterTypeMismatch"/> or <see cref="InferenceError.ParameterOutOfRange"/>; the message
    /// names the parameter, the text and what would be accepted.
    /// </exception>
    public static ParameterValue Parse(ParameterInfo parameter, string text)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        ArgumentNullException.ThrowIfNull(text);
        return ParameterParser.Parse(parameter, text.Trim());
    }

    /// <summary>The value as <see cref="Parse"/> reads it.</summary>
    public override string ToString() => _value switch
    {
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        bool boolean => boolean ? "true" : "false",
        IFormattable integer => integer.ToString(null, CultureInfo.InvariantCulture),
        _ => (string)_value,
    };
}
