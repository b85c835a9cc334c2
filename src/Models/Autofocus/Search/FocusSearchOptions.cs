using System.Globalization;

namespace InferenceBridge.Models;

/// <summary>Bounds and aims of a search, in µm of the stage.</summary>
internal sealed record FocusSearchOptions
{
    /// <summary>Lower limit of travel.</summary>
    public double Minimum { get; init; } = -1e6;

    /// <summary>Upper limit of travel.</summary>
    public double Maximum { get; init; } = 1e6;

    /// <summary>Largest distance from the first frame, within the limits.</summary>
    public double Range { get; init; } = 25;

    /// <summary>Largest single move.</summary>
    public double LargestStep { get; init; } = 10;

    /// <summary>Play of the stage: targets are approached from this far below, or, below 0, from above.</summary>
    public double Backlash { get; init; }

    /// <summary>How far from best focus still counts as focused.</summary>
    public double Tolerance { get; init; } = 0.5;

    /// <summary>Depth of field, where the optics are known; for the summary.</summary>
    public double? DepthOfField { get; init; }

    /// <summary>How far from its target the stage may report to be.</summary>
    public double StageTolerance { get; init; } = 0.5;

    /// <summary>Frames after which a search gives up.</summary>
    public int MaximumFrames { get; init; } = 40;

    /// <summary>First step of a search by the score alone.</summary>
    public double SearchStep { get; init; } = 2;

    /// <summary>Confidence from which on an estimate is followed, 0 to 1.</summary>
    public double MinimumConfidence { get; init; } = 0.3;

    /// <summary>Whether an estimate has to be confirmed by a score that falls on both sides; else by a frame where it leads.</summary>
    public bool ConfirmsByScore { get; init; }

    /// <summary>Whether the focus is kept once it is found.</summary>
    public bool Holds { get; init; }

    /// <summary>Checks that the bounds fit each other.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.ParameterOutOfRange"/>.</exception>
    public void Validate()
    {
        if (!(Minimum < Maximum))
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, "parameters.minimum_z_um", string.Create(CultureInfo.InvariantCulture,
                $"Parameter minimum_z_um is {Minimum}, and maximum_z_um is {Maximum}; accepted: a minimum below the maximum."));
        }

        if (Math.Abs(Backlash) >= LargestStep)
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, "parameters.backlash_um", string.Create(CultureInfo.InvariantCulture,
                $"Parameter backlash_um is {Backlash}, and largest_step_um is {LargestStep}; accepted: a backlash smaller than the largest step, which has to take it up."));
        }
    }
}
