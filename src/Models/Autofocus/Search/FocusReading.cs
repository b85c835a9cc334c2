namespace InferenceBridge.Models;

/// <summary>How much a frame says of where the focus lies.</summary>
internal enum FocusReadingKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A signed defocus.</summary>
    Signed,

    /// <summary>A distance, above or below.</summary>
    Open,

    /// <summary>That it is farther away than the network knows, on the side to which it leans.</summary>
    Far,
}

/// <summary>What a search takes from a network's estimate.</summary>
/// <param name="Kind">How much it says.</param>
/// <param name="Defocus">Signed: the defocus; else the distance; in µm.</param>
/// <param name="Deviation">Its standard deviation in µm.</param>
/// <param name="Lean">Probability that the frame lies above the focus.</param>
internal readonly record struct FocusReading(FocusReadingKind Kind, double Defocus, double Deviation, double Lean)
{
    // A network that leaves the sign open is not believed to more than this.
    private const double LargestLean = 0.7;

    // Where the focus of such a frame may be, in µm: the networks know 10 µm.
    private const double FarDistance = 10.5;
    private const double FarDeviation = 2.5;

    // Deviations beyond which a defocus is none that a frame in focus is taken for.
    private const double FarDeviations = 3;

    /// <summary>Whether it says that the frame is not in focus.</summary>
    /// <param name="tolerance">How far from it counts as focused, in µm.</param>
    public bool IsFar(double tolerance) => Kind == FocusReadingKind.Far
        || (Kind is FocusReadingKind.Signed or FocusReadingKind.Open && Math.Abs(Defocus) - (FarDeviations * Deviation) > 2 * tolerance);

    /// <summary>What an observation says.</summary>
    /// <param name="observation">With its estimate, or none.</param>
    /// <param name="minimumConfidence">From which on it is believed.</param>
    public static FocusReading From(FocusObservation observation, double minimumConfidence)
    {
        if (observation.IsEmpty || observation.Estimate is not { Empty: false } estimate || !(estimate.Confidence >= minimumConfidence))
        {
            return default;
        }

        var deviation = Math.Max(0, estimate.StandardDeviation);
        if (estimate.OutOfRange)
        {
            var above = !estimate.SignKnown ? Above(estimate) : estimate.DefocusMicrometres > 0 ? 1 : 0;
            return new FocusReading(FocusReadingKind.Far, FarDistance, FarDeviation, above);
        }

        var value = estimate.SignKnown ? estimate.DefocusMicrometres : Math.Abs(estimate.Distance);
        return !double.IsFinite(value) || !double.IsFinite(deviation)
            ? default
            : new FocusReading(estimate.SignKnown ? FocusReadingKind.Signed : FocusReadingKind.Open, value, deviation, Above(estimate));
    }

    private static double Above(DefocusEstimate estimate) => Math.Clamp(estimate.ProbabilityAbove, 1 - LargestLean, LargestLean);
}
