using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>What frames are registered to.</summary>
internal enum TemplateKind
{
    /// <summary>The mean of a range of frames, each moved to those before it.</summary>
    Mean,

    /// <summary>The first frame that shows anything.</summary>
    First,

    /// <summary>The image that the request brings.</summary>
    Given,

    /// <summary>The first frame, to which every corrected frame adds its share.</summary>
    Running,
}

/// <summary>Checked parameters of <see cref="RigidOperation"/>.</summary>
internal sealed record RigidOptions
{
    private const string Template3D = "3d";

    public TemplateKind Template { get; private init; }

    /// <summary>First frame of the mean's range, from 0.</summary>
    public int TemplateStart { get; private init; }

    /// <summary>Frames of the mean's range.</summary>
    public int TemplateFrames { get; private init; }

    /// <summary>Share of a new frame in a running template.</summary>
    public double UpdateRate { get; private init; }

    /// <summary>Times that a movie is gone through.</summary>
    public int Passes { get; private init; }

    /// <summary>Channel that is registered, from 0; the others follow it.</summary>
    public int ReferenceChannel { get; private init; }

    /// <summary>Whether a stack may move along z too.</summary>
    public bool IsVolumetric { get; private init; }

    /// <summary>Largest shift along y and x that is looked for, in px.</summary>
    public double MaxShift { get; private init; }

    /// <summary>Largest shift along z that is looked for, in slices.</summary>
    public double MaxShiftZ { get; private init; }

    /// <summary>Standard deviation that the correlation is smoothed with, in px.</summary>
    public double Smoothing { get; private init; }

    public Interpolation Interpolation { get; private init; }

    public FrameEdge Edge { get; private init; }

    /// <summary>Correlation with the mean from which on a frame counts as good.</summary>
    public double Threshold { get; private init; }

    /// <summary>What the operation declares.</summary>
    public static IReadOnlyList<ParameterDeclaration> Declarations { get; } =
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
        new ChoiceParameter("mode", "Along which axes stacks may move.", Template3D,
        [
            new Choice(Template3D, "Along x, y and z; frames of one slice along x and y."),
            new Choice("2d", "Along x and y, all slices alike."),
        ]),
        new NumberParameter("max_shift", "Largest shift along x and y that is looked for; at most half of the frame counts.", 25, 1, 10_000, "px"),
        new NumberParameter("max_shift_z", "Largest shift along z that is looked for, in slices.", 3, 0, 1000, "px"),
        new NumberParameter("smoothing", "Standard deviation of the Gaussian that the correlation is smoothed with.", 0, 0, 20, "px"),
        new ChoiceParameter("interpolation", "How values between pixels are made.", "cubic",
        [
            new Choice("cubic", "From the four nearest pixels along each axis (Catmull-Rom): keeps detail."),
            new Choice("bilinear", "From the two nearest: never beyond the values around, but smooths."),
        ]),
        new ChoiceParameter("edge", "What stands where the camera saw nothing.", "nearest",
        [
            new Choice("nearest", "The nearest pixel that it saw."),
            new Choice("nan", "NaN, and 0 in results of integer type."),
            new Choice("crop", "Nothing: results are smaller by the largest shift on each side."),
        ]),
        new NumberParameter("threshold", "Correlation with the mean from which on a frame counts as good in the summary.", 0.5, -1, 1),
    ];

    /// <summary>Reads the checked parameters.</summary>
    public static RigidOptions From(ParameterSet parameters) => new()
    {
        Template = parameters.Choice("template") switch
        {
            "first" => TemplateKind.First,
            "given" => TemplateKind.Given,
            "running" => TemplateKind.Running,
            _ => TemplateKind.Mean,
        },
        TemplateStart = parameters.Integer("template_start"),
        TemplateFrames = parameters.Integer("template_frames"),
        UpdateRate = parameters.Number("update_rate"),
        Passes = parameters.Integer("passes"),
        ReferenceChannel = parameters.Integer("reference_channel"),
        IsVolumetric = parameters.Choice("mode") == Template3D,
        MaxShift = parameters.Number("max_shift"),
        MaxShiftZ = parameters.Number("max_shift_z"),
        Smoothing = parameters.Number("smoothing"),
        Interpolation = parameters.Choice("interpolation") == "bilinear" ? Interpolation.Bilinear : Interpolation.Cubic,
        Edge = parameters.Choice("edge") switch
        {
            "nan" => FrameEdge.NotANumber,
            "crop" => FrameEdge.Crop,
            _ => FrameEdge.Nearest,
        },
        Threshold = parameters.Number("threshold"),
    };

    /// <summary>Largest shifts along z, y and x in whole px, no more than half of an axis.</summary>
    public int[] Reach(VolumeShape frame)
    {
        static int Of(double wanted, int size) => (int)Math.Max(0, Math.Min(Math.Ceiling(wanted), (size / 2) - 1));
        return [IsVolumetric ? Of(MaxShiftZ, frame.Depth) : 0, Of(MaxShift, frame.Height), Of(MaxShift, frame.Width)];
    }

    /// <summary>Shape of a corrected frame.</summary>
    public VolumeShape Result(VolumeShape frame)
    {
        if (Edge != FrameEdge.Crop)
        {
            return frame;
        }

        // At most half of an axis less 1 on each side: something is always left.
        var reach = Reach(frame);
        return frame with { Depth = frame.Depth - (2 * reach[0]), Height = frame.Height - (2 * reach[1]), Width = frame.Width - (2 * reach[2]) };
    }
}
