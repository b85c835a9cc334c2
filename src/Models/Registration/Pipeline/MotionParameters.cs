namespace InferenceBridge.Models;

/// <summary>Declarations of the parameters that operations of motion correction share.</summary>
internal static class MotionParameters
{
    /// <summary>Name of the parameter for the axes that stacks move along.</summary>
    public const string Mode = "mode";

    /// <summary>The mode in which stacks move along z too.</summary>
    public const string Volumetric = "3d";

    /// <summary>Name of the parameter for how far a field may be from its rigid part.</summary>
    public const string MaxDeviation = "max_deviation";

    /// <summary>What is registered to what.</summary>
    public static IReadOnlyList<ParameterDeclaration> Template { get; } =
    [
        new ChoiceParameter("template", "What frames are moved to.", "mean",
        [
            new Choice("mean", "The mean of template_frames frames from template_start on, each moved to those before it."),
            new Choice("first", "The first frame."),
            new Choice("given", "The input 'template'."),
            new Choice("running", "The first frame, to which every corrected frame adds its share: follows slow changes."),
        ]),
        new IntegerParameter("template_start", "First frame of the mean, counted from 0.", 0, 0, int.MaxValue),
        new IntegerParameter("template_frames", "Frames in the mean.", 50, 1, 1_000_000),
        new NumberParameter("update_rate", "Share of a new frame in a running template.", 0.05, 0, 1),
        new IntegerParameter("passes", "Times that a movie is gone through: the second time its own corrected mean is the template. A live stream is gone through once.", 2, 1, 2),
        new IntegerParameter("reference_channel", "Channel that is measured, counted from 0; all channels are moved alike.", 0, 0, 1000),
    ];

    /// <summary>Along which axes stacks move.</summary>
    public static ParameterDeclaration Axes { get; } = new ChoiceParameter(Mode, "Along which axes stacks may move.", Volumetric,
    [
        new Choice(Volumetric, "Along x, y and z; frames of one slice along x and y."),
        new Choice("2d", "Along x and y, all slices alike."),
    ]);

    /// <summary>How far frames may have moved along y and x.</summary>
    public static ParameterDeclaration MaxShift { get; } =
        new NumberParameter("max_shift", "Largest shift along x and y that is looked for; at most half of the frame counts.", 25, 1, 10_000, "px");

    /// <summary>How frames are moved back, and what counts as good.</summary>
    public static IReadOnlyList<ParameterDeclaration> Correction { get; } =
    [
        new ChoiceParameter("interpolation", "How values between pixels are made.", "cubic",
        [
            new Choice("cubic", "From the four nearest pixels along each axis (Catmull-Rom): keeps detail."),
            new Choice("bilinear", "From the two nearest: never beyond the values around, but smooths."),
        ]),
        new ChoiceParameter("edge", "What stands where the camera saw nothing.", "nearest",
        [
            new Choice("nearest", "The nearest pixel that it saw."),
            new Choice("nan", "NaN, and 0 in results of integer type."),
            new Choice("crop", "Nothing: results are smaller by the largest displacement on each side."),
        ]),
        new NumberParameter("threshold", "Correlation with the mean from which on a frame counts as good in the summary.", 0.5, -1, 1),
    ];
}
