namespace InferenceBridge.Models.Networks;

/// <summary>What a classic network looks at.</summary>
/// <param name="SeesSpectrum">The frame's spectrum (<see cref="PolarSpectrum"/>) in place of its pixels.</param>
internal sealed record ClassifierOptions(bool SeesSpectrum)
{
    private const string InputName = "input";
    private const string Pixels = "pixels";
    private const string Spectrum = "spectrum";

    /// <summary>Reads the options of a package or of the tool.</summary>
    /// <exception cref="InferenceException">An option is unknown or has another value.</exception>
    public static ClassifierOptions From(string architecture, IReadOnlyDictionary<string, string> options)
    {
        var unknown = options.Keys.FirstOrDefault(name => name != InputName);
        if (unknown is not null)
        {
            throw new InferenceException(InferenceError.ParameterUnknown, $"network.{unknown}", $"{architecture} has no option {unknown}; accepted: {InputName}.");
        }

        var input = options.GetValueOrDefault(InputName, Pixels);
        return input is Pixels or Spectrum
            ? new ClassifierOptions(input == Spectrum)
            : throw new InferenceException(InferenceError.ParameterOutOfRange, $"network.{InputName}",
                $"{InputName} of {architecture} is \"{input}\"; accepted: {Pixels}, {Spectrum}.");
    }
}
