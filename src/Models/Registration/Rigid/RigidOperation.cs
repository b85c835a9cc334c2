using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>Moves the frames of a movie or of a live stream so that they lie on each other.</summary>
internal sealed class RigidOperation : IFrameOperation
{
    /// <summary>Name of the input that holds a given template.</summary>
    public const string TemplateInput = "template";

    /// <summary>Name of the side output that holds the displacement field.</summary>
    public const string DisplacementOutput = "displacement";

    // Floats for each pixel of the reference that estimating takes at most, and of all channels that moving them takes.
    private const int EstimateFloats = 18;
    private const int MoveFloats = 6;

    // Template, its spectrum, and means in float64.
    private const int HeldFloats = 12;

    public OperationDeclaration Declaration { get; } = new("register/rigid", "1.0", "Rigid motion correction")
    {
        Description = "Moves every frame along T by what it has shifted, to parts of a pixel: phase correlation refined by a discrete Fourier transform "
            + "of a finely sampled neighbourhood (Guizar-Sicairos, Thurman and Fienup 2008), with frequencies weighted by how far they stand above "
            + "the noise. Stacks move along z too. The shifts of the frames and figures of quality come with the result.",
        Inputs = [InputRole.Image, new InputRole(TemplateInput, "The image to move frames to, for template = given: one channel, of the frames' size.", Required: false)],
        Parameters = RigidOptions.Declarations,
        SideOutputs = [new SideOutput(DisplacementOutput, "The displacement of every pixel of the result, channels y and x, in px: where its value was taken from, less where it stands.")],
        Provenance = new Provenance { Citation = "Guizar-Sicairos, Thurman, Fienup, Opt. Lett. 33, 156 (2008), doi:10.1364/OL.33.000156" },
    };

    public FrameJobPlan Plan(FrameJobRequest request)
    {
        var options = RigidOptions.From(request.Parameters);
        var frame = request.Frame.Shape;
        if (options.ReferenceChannel >= frame.Channels)
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, "parameters.reference_channel",
                $"Parameter reference_channel is {options.ReferenceChannel}, and frames have {frame.Channels} channel(s); accepted: 0 to {frame.Channels - 1}.");
        }

        CheckTemplate(options, request);
        var concurrency = request.FrameCount is null ? 1 : Environment.ProcessorCount;
        var (reference, all) = (frame.StackElementCount, frame.ElementCount);
        var result = options.Result(frame);
        return new FrameJobPlan(result)
        {
            SideOutputs = new Dictionary<string, VolumeShape>(StringComparer.Ordinal) { [DisplacementOutput] = result with { Channels = 2 } },
            Passes = request.FrameCount > 1 ? options.Passes : 1,
            MaximumConcurrency = concurrency,
            DeviceBytes = checked(sizeof(float) * ((concurrency * ((EstimateFloats * reference) + (MoveFloats * all))) + (HeldFloats * reference))),
        };
    }

    public IFrameJob Start(FrameJobContext context) => new RigidJob(RigidOptions.From(context.Request.Parameters), context);

    private static void CheckTemplate(RigidOptions options, FrameJobRequest request)
    {
        var isGiven = request.Auxiliaries.TryGetValue(TemplateInput, out var template);
        if (options.Template == TemplateKind.Given && !isGiven)
        {
            throw new InferenceException(InferenceError.InputMissing, TemplateInput,
                "Parameter template is \"given\", and the request brings no input template; accepted: the input, or another template.");
        }

        if (options.Template != TemplateKind.Given && isGiven)
        {
            throw new InferenceException(InferenceError.InputUnexpected, TemplateInput,
                "The request brings the input template; accepted: only with the parameter template = given.");
        }

        var frame = request.Frame.Shape;
        var expected = new VolumeShape(frame.Depth, frame.Height, frame.Width);
        if (template is not null && template.Shape != expected)
        {
            throw new InferenceException(InferenceError.ShapeMismatch, TemplateInput,
                $"The template has the shape {template.Shape}; accepted: that of one channel of a frame, {expected}.");
        }
    }
}
