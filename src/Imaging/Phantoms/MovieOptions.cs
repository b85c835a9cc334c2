namespace InferenceBridge.Imaging;

/// <summary>How a simulated specimen moves.</summary>
public sealed record MovieOptions
{
    /// <summary>Time points (1 to 100,000; default 60).</summary>
    public int Frames { get; init; } = 60;

    /// <summary>Largest displacement in px (0 to 64; default 6): six parts in ten a shift of the whole, the rest a field that bends it.</summary>
    public double Motion { get; init; } = 6;

    /// <summary>Checks both.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.ParameterOutOfRange"/>, naming the option.</exception>
    public void Validate()
    {
        if (Frames is < 1 or > 100_000)
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, "frames", $"frames is {Frames}; accepted: 1 to 100000.");
        }

        if (!(Motion is >= 0 and <= 64))
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, "motion", FormattableString.Invariant($"motion is {Motion}; accepted: 0 to 64."));
        }
    }
}
