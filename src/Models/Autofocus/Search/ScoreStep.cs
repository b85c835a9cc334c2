namespace InferenceBridge.Models;

/// <summary>What a search by the score alone wants next.</summary>
internal enum ScoreStepKind
{
    /// <summary>A frame at the target.</summary>
    Look,

    /// <summary>The last frame is the confirmed maximum.</summary>
    Confirmed,

    /// <summary>The score rises up to a limit.</summary>
    AtTheLimit,

    /// <summary>The score does not change over all of the window.</summary>
    Nothing,
}

/// <summary>The next step of a search by the score alone.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Z">Where to look, or where the maximum lies, in µm.</param>
/// <param name="Deviation">Standard deviation of the maximum in µm; NaN where there is none.</param>
/// <param name="IsSure">Of a maximum: whether the frames bear it out, whatever the camera and the sample are; else only the shape of the curve does.</param>
internal readonly record struct ScoreStep(ScoreStepKind Kind, double Z, double Deviation = double.NaN, bool IsSure = true);
