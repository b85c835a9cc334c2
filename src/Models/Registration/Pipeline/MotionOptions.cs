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

/// <summary>Checked parameters that operations of motion correction share (<see cref="MotionParameters"/>).</summary>
internal sealed record MotionOptions
{
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

    /// <summary>Largest distance of a field from its rigid part, in px; 0 for rigid motion. Operations on fields declare it above 0.</summary>
    public double MaxDeviation { get; private init; }

    /// <summary>Whether frames move by fields.</summary>
    public bool IsField => MaxDeviation > 0;

    public Interpolation Interpolation { get; private init; }

    public FrameEdge Edge { get; private init; }

    /// <summary>Correlation with the mean from which on a frame counts as good.</summary>
    public double Threshold { get; private init; }

    /// <summary>Reads the checked parameters; those that an operation does not have are 0.</summary>
    public static MotionOptions From(ParameterSet parameters)
    {
        double NumberOrZero(string name) => parameters.Values.ContainsKey(name) ? parameters.Number(name) : 0;
        return new MotionOptions
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
            IsVolumetric = parameters.Values.ContainsKey(MotionParameters.Mode) && parameters.Choice(MotionParameters.Mode) == MotionParameters.Volumetric,
            MaxShift = parameters.Number("max_shift"),
            MaxShiftZ = NumberOrZero("max_shift_z"),
            MaxDeviation = NumberOrZero(MotionParameters.MaxDeviation),
            Interpolation = parameters.Choice("interpolation") == "bilinear" ? Interpolation.Bilinear : Interpolation.Cubic,
            Edge = parameters.Choice("edge") switch
            {
                "nan" => FrameEdge.NotANumber,
                "crop" => FrameEdge.Crop,
                _ => FrameEdge.Nearest,
            },
            Threshold = parameters.Number("threshold"),
        };
    }

    /// <summary>Largest rigid shifts along z, y and x in whole px, no more than half of an axis.</summary>
    public int[] Reach(VolumeShape frame) =>
        [IsVolumetric ? Whole(MaxShiftZ, frame.Depth) : 0, Whole(MaxShift, frame.Height), Whole(MaxShift, frame.Width)];

    /// <summary>Largest displacements along z, y and x in whole px: what <see cref="FrameEdge.Crop"/> takes off each side.</summary>
    public int[] Margin(VolumeShape frame) =>
    [
        IsVolumetric ? Whole(MaxShiftZ, frame.Depth) : 0,
        Whole(MaxShift + MaxDeviation, frame.Height),
        Whole(MaxShift + MaxDeviation, frame.Width),
    ];

    /// <summary>Shape of a corrected frame.</summary>
    public VolumeShape Result(VolumeShape frame)
    {
        if (Edge != FrameEdge.Crop)
        {
            return frame;
        }

        // At most half of an axis less 1 on each side: something is always left.
        var margin = Margin(frame);
        return frame with { Depth = frame.Depth - (2 * margin[0]), Height = frame.Height - (2 * margin[1]), Width = frame.Width - (2 * margin[2]) };
    }

    private static int Whole(double wanted, int size) => (int)Math.Max(0, Math.Min(Math.Ceiling(wanted), (size / 2) - 1));
}
