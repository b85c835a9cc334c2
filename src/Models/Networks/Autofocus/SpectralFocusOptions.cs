using System.Globalization;

namespace InferenceBridge.Models.Networks;

/// <summary>Size of a <see cref="SpectralFocusNetwork"/>.</summary>
/// <param name="Width">Features of its first layers.</param>
internal sealed record SpectralFocusOptions(int Width)
{
    /// <summary>Name of the architecture.</summary>
    public const string Name = "spectral";

    private const string WidthName = "width";
    private const int Most = 128;

    /// <summary>Reads the options of a package or of the tool.</summary>
    /// <exception cref="InferenceException">An option is unknown or out of range.</exception>
    public static SpectralFocusOptions From(IReadOnlyDictionary<string, string> options)
    {
        var unknown = options.Keys.FirstOrDefault(name => name != WidthName);
        if (unknown is not null)
        {
            throw new InferenceException(InferenceError.ParameterUnknown, $"network.{unknown}", $"{Name} has no option {unknown}; accepted: {WidthName}.");
        }

        var text = options.GetValueOrDefault(WidthName, "16");
        return int.TryParse(text, CultureInfo.InvariantCulture, out var width) && width is >= 1 and <= Most
            ? new SpectralFocusOptions(width)
            : throw new InferenceException(InferenceError.ParameterOutOfRange, $"network.{WidthName}",
                $"{WidthName} of {Name} is {text}; accepted: a whole number from 1 to {Most}.");
    }
}
