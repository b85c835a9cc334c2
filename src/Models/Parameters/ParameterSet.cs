namespace InferenceBridge.Models;

/// <summary>The parameters of one job: every declared one, with the value given or its default, checked.</summary>
public sealed class ParameterSet
{
    private readonly Dictionary<string, object> _values;

    private ParameterSet(Dictionary<string, object> values) => _values = values;

    /// <summary>All values by name: double, long, bool or string.</summary>
    public IReadOnlyDictionary<string, object> Values => _values;

    /// <summary>Checks the given values against the declarations and fills in the defaults.</summary>
    /// <param name="declarations">What the operation declares.</param>
    /// <param name="given">Values by name: double, long, bool or string.</param>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.ParameterUnknown"/>, <see cref="InferenceError.ParameterTypeMismatch"/> or
    /// <see cref="InferenceError.ParameterOutOfRange"/>.
    /// </exception>
    public static ParameterSet Create(IReadOnlyList<ParameterDeclaration> declarations, IReadOnlyDictionary<string, object> given)
    {
        var unknown = given.Keys.Order(StringComparer.Ordinal).FirstOrDefault(name => declarations.All(d => d.Name != name));
        if (unknown is not null)
        {
            var names = declarations.Count == 0 ? "none" : string.Join(", ", declarations.Select(d => d.Name));
            throw new InferenceException(InferenceError.ParameterUnknown, $"parameters.{unknown}",
                $"Parameter {unknown} is not known; accepted: {names}.");
        }

        return new ParameterSet(declarations.ToDictionary(d => d.Name,
            d => given.TryGetValue(d.Name, out var value) ? d.Check(value) : d.DefaultValue));
    }

    /// <summary>The value of a <see cref="NumberParameter"/>.</summary>
    public double Number(string name) => (double)_values[name];

    /// <summary>The value of an <see cref="IntegerParameter"/> whose bounds fit an int.</summary>
    public int Integer(string name) => checked((int)(long)_values[name]);

    /// <summary>The value of a <see cref="BooleanParameter"/>.</summary>
    public bool Boolean(string name) => (bool)_values[name];

    /// <summary>The value of a <see cref="ChoiceParameter"/>.</summary>
    public string Choice(string name) => (string)_values[name];
}
