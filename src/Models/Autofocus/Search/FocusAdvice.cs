namespace InferenceBridge.Models;

/// <summary>What a search wants next.</summary>
/// <param name="State">How it stands.</param>
/// <param name="MoveMicrometres">Move from the frame's z, in µm; 0 for none.</param>
/// <param name="TargetMicrometres">Where that leads, in µm; never beyond the limits of travel.</param>
internal sealed record FocusAdvice(FocusState State, double MoveMicrometres, double TargetMicrometres)
{
    /// <summary>Where to go first, so that the backlash is taken up; null where the way to the target does that.</summary>
    public double? ApproachMicrometres { get; init; }

    /// <summary>Frames that the search has taken.</summary>
    public int FramesUsed { get; init; }

    /// <summary>z of best focus as far as is known, in µm.</summary>
    public double? BestZMicrometres { get; init; }

    /// <summary>Its standard deviation, in µm.</summary>
    public double? BestZDeviation { get; init; }
}
