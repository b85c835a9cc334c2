using InferenceBridge.Imaging;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// An operation that moves the frames of a movie or of a live stream so that they lie on each other. What it adds to the common pipeline is
/// how motion is found.
/// </summary>
internal abstract class MotionOperation : IFrameOperation
{
    /// <summary>Name of the input that holds a given template.</summary>
    public const string TemplateInput = "template";

    /// <summary>Name of the side output that holds displacements.</summary>
    public const string DisplacementOutput = "displacement";

    // Floats for each pixel of all channels that moving a frame takes at most.
    private const int MoveFloats = 8;

    // Template, variance, and means in float64, for each pixel of the reference.
    private const int HeldFloats = 20;

    public abstract OperationDeclaration Declaration { get; }

    /// <summary>Inputs that all such operations have.</summary>
    protected static IReadOnlyList<InputRole> CommonInputs { get; } =
        [InputRole.Image, new InputRole(TemplateInput, "The image to move frames to, for template = given: one channel, of the frames' size.", Required: false)];

    /// <summary>Side outputs that all such operations have.</summary>
    protected static IReadOnlyList<SideOutput> CommonSideOutputs { get; } =
    [
        new SideOutput(DisplacementOutput, "How far the content of each pixel of the result lies from it in the frame, in px: channels y and x, "
            + "for stacks that move along z: z, y and x."),
    ];

    public FrameJobPlan Plan(FrameJobRequest request)
    {
        var options = MotionOptions.From(request.Parameters);
        var frame = request.Frame.Shape;
        if (options.ReferenceChannel >= frame.Channels)
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, "parameters.reference_channel",
                $"Parameter reference_channel is {options.ReferenceChannel}, and frames have {frame.Channels} channel(s); accepted: 0 to {frame.Channels - 1}.");
        }

        CheckTemplate(options, request);
        var concurrency = request.FrameCount is null ? 1 : Environment.ProcessorCount;
        var result = options.Result(frame);
        var (reference, all) = (frame.StackElementCount, frame.ElementCount);
        return new FrameJobPlan(result)
        {
            Passes = request.FrameCount > 1 ? options.Passes : 1,
            MaximumConcurrency = request.FrameCount is null ? 1 : MotionJob.FramesAtOnce(CPU),
            SideOutputs = new Dictionary<string, VolumeShape>(StringComparer.Ordinal) { [DisplacementOutput] = DisplacementShape(options, result) },
            DeviceBytes = checked((concurrency * (EstimateBytes(request.Parameters, frame) + (sizeof(float) * MoveFloats * all)))
                + HeldBytes(request.Parameters, frame) + (sizeof(float) * HeldFloats * reference)),
        };
    }

    public IFrameJob Start(FrameJobContext context)
    {
        var options = MotionOptions.From(context.Request.Parameters);
        return new MotionJob(Declaration.Id, options, context, CreateEstimator(context.Request.Parameters, context.Request.Frame.Shape, context.Device));
    }

    /// <summary>Shape of the displacements of a frame.</summary>
    internal static VolumeShape DisplacementShape(MotionOptions options, VolumeShape result) =>
        result with { Channels = options.IsVolumetric && result.Depth > 1 ? 3 : 2 };

    /// <summary>What finds motion; the job disposes it.</summary>
    /// <param name="parameters">Checked parameters.</param>
    /// <param name="frame">One frame.</param>
    /// <param name="device">Where to run.</param>
    protected abstract IMotionEstimator CreateEstimator(ParameterSet parameters, VolumeShape frame, Device device);

    /// <summary>Bytes on the device that <see cref="IMotionEstimator.Estimate"/> takes for one frame at most.</summary>
    protected abstract long EstimateBytes(ParameterSet parameters, VolumeShape frame);

    /// <summary>Bytes on the device that the estimator holds from frame to frame.</summary>
    protected abstract long HeldBytes(ParameterSet parameters, VolumeShape frame);

    private static void CheckTemplate(MotionOptions options, FrameJobRequest request)
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
