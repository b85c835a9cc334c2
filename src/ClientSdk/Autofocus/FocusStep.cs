namespace InferenceBridge.Client;

/// <summary>One frame of a search, and what came of it.</summary>
/// <param name="Frame">Its number, from 1.</param>
/// <param name="ZMicrometres">Where the stage was, in µm.</param>
/// <param name="Score">How sharp it is: higher is sharper.</param>
/// <param name="Outcome">How the search stands.</param>
public sealed record FocusStep(int Frame, double ZMicrometres, double Score, FocusOutcome Outcome)
{
    /// <summary>Where the stage goes next, in µm; null where it stays.</summary>
    public double? TargetMicrometres { get; init; }

    /// <summary>Where it goes before that, so that its play is taken up, in µm; null where it goes straight.</summary>
    public double? ApproachMicrometres { get; init; }

    /// <summary>How far out of focus a network takes the frame to be, in µm; null where it does not say, or not the sign.</summary>
    public double? DefocusMicrometres { get; init; }

    /// <summary>The same without the sign; null where there is no network, or it does not say.</summary>
    public double? DistanceMicrometres { get; init; }

    /// <summary>All that the answer told, by name.</summary>
    public IReadOnlyDictionary<string, double> Numbers { get; init; } = new Dictionary<string, double>();

    /// <summary>From sending the frame to its answer.</summary>
    public TimeSpan RoundTrip { get; init; }

    internal static FocusStep From(int frame, double z, FrameResult result, TimeSpan roundTrip)
    {
        double? Known(string name) => result.Numbers.TryGetValue(name, out var value) ? value : null;
        if (Known("state") is not { } state || Known("score") is not { } score || !Enum.IsDefined((FocusOutcome)state))
        {
            throw new InferenceException(InferenceError.ProtocolViolation, "response.numbers",
                "The answer to a frame lacks its state or its score; accepted: an autofocus operation in the mode search or hold.");
        }

        var approach = Known("approach_z_um");
        return new FocusStep(frame, z, score, (FocusOutcome)state)
        {
            TargetMicrometres = Known("move_um") is { } move && (move != 0 || approach is not null) ? Known("target_z_um") : null,
            ApproachMicrometres = approach,
            DefocusMicrometres = Known("defocus_um"),
            DistanceMicrometres = Known("distance_um"),
            Numbers = result.Numbers,
            RoundTrip = roundTrip,
        };
    }
}
