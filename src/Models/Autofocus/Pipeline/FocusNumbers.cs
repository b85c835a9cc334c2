namespace InferenceBridge.Models;

/// <summary>Names of the numbers in the answer to a frame. A number that is not known is absent; those that are there are finite.</summary>
internal static class FocusNumbers
{
    /// <summary>What a search climbs.</summary>
    public const string Score = "score";

    /// <summary>1 where the frame shows nothing to judge by, else 0.</summary>
    public const string Empty = "empty";

    /// <summary>Share of pixels at the top of an integer pixel type, 0 to 1.</summary>
    public const string SaturatedShare = "saturated_share";

    /// <summary>z of the frame minus z of best focus, in µm.</summary>
    public const string Defocus = "defocus_um";

    /// <summary>Its standard deviation, in µm.</summary>
    public const string DefocusDeviation = "defocus_sd_um";

    /// <summary>Absolute defocus, in µm.</summary>
    public const string Distance = "distance_um";

    /// <summary>1 where the sign of the defocus is known, else 0.</summary>
    public const string SignKnown = "sign_known";

    /// <summary>Probability that the frame lies above focus, 0 to 1.</summary>
    public const string ProbabilityAbove = "probability_above";

    /// <summary>0 to 1.</summary>
    public const string Confidence = "confidence";

    /// <summary>1 where the frame lies farther from focus than the network knows.</summary>
    public const string OutOfRange = "out_of_range";

    /// <summary>The next move of the stage, in µm: 0 for none.</summary>
    public const string Move = "move_um";

    /// <summary>Where that leads, in µm.</summary>
    public const string Target = "target_z_um";

    /// <summary>Where to go first, so that the target is approached from the side that takes up the backlash; absent where the way leads from there.</summary>
    public const string Approach = "approach_z_um";

    /// <summary>A <see cref="FocusState"/>.</summary>
    public const string State = "state";

    /// <summary>Frames that the search has taken.</summary>
    public const string FramesUsed = "frames_used";

    /// <summary>z of best focus as far as is known, in µm.</summary>
    public const string BestZ = "best_z_um";

    /// <summary>Its standard deviation, in µm.</summary>
    public const string BestZDeviation = "best_z_sd_um";

    /// <summary>What a network found.</summary>
    public static void Add(Dictionary<string, double> numbers, DefocusEstimate estimate)
    {
        numbers[Confidence] = estimate.Confidence;
        numbers[OutOfRange] = estimate.OutOfRange ? 1 : 0;
        numbers[SignKnown] = estimate.SignKnown ? 1 : 0;
        numbers[ProbabilityAbove] = estimate.ProbabilityAbove;
        Put(numbers, Distance, estimate.Distance);
        Put(numbers, DefocusDeviation, estimate.StandardDeviation);
        if (estimate.SignKnown)
        {
            Put(numbers, Defocus, estimate.DefocusMicrometres);
        }
    }

    /// <summary>What a search decided.</summary>
    public static void Add(Dictionary<string, double> numbers, FocusAdvice advice)
    {
        numbers[State] = (int)advice.State;
        numbers[FramesUsed] = advice.FramesUsed;
        numbers[Move] = advice.MoveMicrometres;
        numbers[Target] = advice.TargetMicrometres;
        Put(numbers, Approach, advice.ApproachMicrometres);
        Put(numbers, BestZ, advice.BestZMicrometres);
        Put(numbers, BestZDeviation, advice.BestZDeviation);
    }

    private static void Put(Dictionary<string, double> numbers, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            numbers[name] = number;
        }
    }
}
