namespace InferenceBridge.Models;

/// <summary>Checked parameters that operations of autofocus share (<see cref="AutofocusParameters"/>).</summary>
internal sealed record AutofocusOptions
{
    /// <summary>Channel that is judged, from 0.</summary>
    public int Channel { get; private init; }

    public FocusMode Mode { get; private init; }

    public FocusSearchOptions Search { get; private init; } = new();

    /// <summary>Reads the checked parameters.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.ParameterOutOfRange"/>: the limits of travel are the wrong way round.</exception>
    public static AutofocusOptions From(ParameterSet parameters)
    {
        var mode = parameters.Choice(AutofocusParameters.ModeName) switch
        {
            "search" => FocusMode.Search,
            "hold" => FocusMode.Hold,
            _ => FocusMode.Score,
        };
        var (backlash, largestStep) = (parameters.Number("backlash_um"), parameters.Number("largest_step_um"));
        var scale = FocusScale.From(parameters, largestStep - Math.Abs(backlash));
        var search = new FocusSearchOptions
        {
            Minimum = parameters.Number("minimum_z_um"),
            Maximum = parameters.Number("maximum_z_um"),
            Range = parameters.Number("range_um"),
            LargestStep = largestStep,
            Backlash = backlash,
            Tolerance = scale.Tolerance,
            DepthOfField = scale.DepthOfField,
            StageTolerance = parameters.Number("stage_tolerance_um"),
            MaximumFrames = parameters.Integer("max_frames"),
            SearchStep = scale.SearchStep,
            MinimumConfidence = parameters.Number("minimum_confidence"),
            ConfirmsByScore = parameters.Boolean("confirm_by_score"),
            Holds = mode == FocusMode.Hold,
        };
        search.Validate();
        return new AutofocusOptions { Channel = parameters.Integer(AutofocusParameters.ChannelName), Mode = mode, Search = search };
    }
}
