namespace InferenceBridge.Models;

/// <summary>Declarations of the parameters that operations of autofocus share.</summary>
internal static class AutofocusParameters
{
    /// <summary>Name of the parameter for the channel that is judged.</summary>
    public const string ChannelName = "channel";

    /// <summary>Name of the parameter for what is done beside judging frames.</summary>
    public const string ModeName = "mode";

    /// <summary>Name of the parameter for the metric that is the score.</summary>
    public const string MetricName = "metric";

    // No stage of a microscope travels farther.
    private const double Farthest = 1e6;

    /// <summary>Which channel is judged.</summary>
    public static ParameterDeclaration Channel { get; } = new IntegerParameter(ChannelName, "Channel that is judged, counted from 0.", 0, 0, 1000);

    /// <summary>Whether frames are only judged, or the focus is looked for; and how.</summary>
    public static IReadOnlyList<ParameterDeclaration> Loop { get; } =
    [
        new ChoiceParameter(ModeName, "What is done beside judging each frame.", "score",
        [
            new Choice("score", "Nothing; frames need no z."),
            new Choice("search", "Every answer says where to move next, until the focus is found; every frame needs its z."),
            new Choice("hold", "As search; then small moves keep the focus against drift."),
        ]),
        new NumberParameter("minimum_z_um", "Lower limit of travel.", -Farthest, -Farthest, Farthest, "µm"),
        new NumberParameter("maximum_z_um", "Upper limit of travel.", Farthest, -Farthest, Farthest, "µm"),
        new NumberParameter("range_um", "Largest distance from the first frame, up and down, within the limits of travel.", 25, 0.01, Farthest, "µm"),
        new NumberParameter("largest_step_um", "Largest single move.", 10, 0.01, Farthest, "µm"),
        new NumberParameter("backlash_um", "Play of the stage: targets are approached from this far below, or, below 0, from above. 0: from either side.", 0, -1000, 1000, "µm"),
        new NumberParameter("tolerance_um",
            "How far from best focus still counts as focused. 0: half of the depth of field where na and wavelength are given, else 0.5.", 0, 0, 100, "µm") { Least = 0.01 },
        new NumberParameter("stage_tolerance_um", "How far from its target the stage may report to be, before the search stops.", 0.5, 0.001, 100, "µm"),
        new IntegerParameter("max_frames", "Frames after which a search gives up.", 40, 3, 10_000),
        new NumberParameter("search_step_um",
            "First step of a search by the score alone. 0: two depths of field where na and wavelength are given, else four tolerances, 0.8 µm at least.", 0, 0, 1000, "µm")
        {
            Least = 0.01,
        },
        new BooleanParameter("confirm_by_score", "Whether the focus that a network names is confirmed, and refined, by scores a little above and below it: two frames more.", true),
        new NumberParameter("minimum_confidence", "Confidence from which on a network's estimate is followed.", 0.3, 0, 1),
    ];
}
