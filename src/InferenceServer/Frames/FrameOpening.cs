using System.Globalization;
using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Server.Jobs;

namespace InferenceBridge.Server.Frames;

/// <summary>An OpenFrames message that has been checked.</summary>
internal sealed record FrameOpening(JobRequest Request, IFrameOperation Operation, FrameJobPlan Plan)
{
    private const int DefaultQueue = 4;
    private const int LongestQueue = 1024;

    // A state holds a few images as float64.
    private const long LargestState = 1L << 30;

    public int QueueLength { get; private init; }

    public bool DropsOldest { get; private init; }

    public TimeSpan Idle { get; private init; }

    public long StateBytes { get; private init; }

    /// <summary>Shape and pixel type of the result of a frame.</summary>
    public VolumeInfo Result => new(Plan.Result, Request.OutputPixelType) { Calibration = Request.Image.Calibration };

    /// <summary>Checks a message.</summary>
    /// <exception cref="InferenceException">Naming the field, its value and what would be accepted.</exception>
    public static FrameOpening Check(Proto.OpenFrames open, DeclarationValidator validator, InferenceServerOptions options)
    {
        var declaration = new Proto.Declaration
        {
            Operation = open.Operation,
            Inputs = { new Proto.InputDeclaration { Name = InputRole.ImageName, Volume = open.Frame }, open.Auxiliaries },
            OutputPixelType = open.OutputPixelType,
            SideOutputs = { open.SideOutputs },
        };
        declaration.Parameters.Add(open.Parameters);
        var request = validator.Validate(declaration);
        if (request.Operation is not IFrameOperation operation)
        {
            throw new InferenceException(InferenceError.UsageInvalid, "operation",
                $"Operation {open.Operation} works on volumes; accepted by FrameService: operations on frames, such as register/rigid.");
        }

        if (request.Image.Shape.Frames != 1)
        {
            throw new InferenceException(InferenceError.ShapeInvalid, "frame.size_t", $"frame.size_t is {request.Image.Shape.Frames}; accepted: 1.");
        }

        if (request.Image.TotalBytes > options.MaxChunkBytes)
        {
            throw new InferenceException(InferenceError.VolumeTooLarge, "frame",
                $"A frame of {request.Image.Shape} takes {request.Image.TotalBytes} bytes; accepted: at most {options.MaxChunkBytes} (InferenceBridge:MaxChunkBytes).");
        }

        return new FrameOpening(request, operation, operation.Plan(request.ForFrames(null)))
        {
            QueueLength = Queue(open.QueueLength),
            DropsOldest = Policy(open.DropPolicy),
            Idle = Patience(open.IdleTimeoutS, options),
            StateBytes = open.StateBytes is >= 0 and <= LargestState ? open.StateBytes : throw new InferenceException(InferenceError.ParameterOutOfRange,
                "state_bytes", $"state_bytes is {open.StateBytes}; accepted: 0 to {LargestState}."),
        };
    }

    private static int Queue(int asked) => asked switch
    {
        0 => DefaultQueue,
        >= 1 and <= LongestQueue => asked,
        _ => throw new InferenceException(InferenceError.ParameterOutOfRange, "queue_length", $"queue_length is {asked}; accepted: 1 to {LongestQueue}, or 0 for {DefaultQueue}."),
    };

    private static bool Policy(Proto.DropPolicy policy) => policy switch
    {
        Proto.DropPolicy.Unspecified or Proto.DropPolicy.Block => false,
        Proto.DropPolicy.Oldest => true,
        _ => throw new InferenceException(InferenceError.ParameterOutOfRange, "drop_policy", $"drop_policy is {policy}; accepted: BLOCK, OLDEST."),
    };

    private static TimeSpan Patience(double seconds, InferenceServerOptions options) => seconds switch
    {
        0 => TimeSpan.FromSeconds(options.ClientIdleSeconds),
        >= 0.001 => TimeSpan.FromSeconds(Math.Min(seconds, options.ClientIdleSeconds)),
        _ => throw new InferenceException(InferenceError.ParameterOutOfRange, "idle_timeout_s", string.Create(CultureInfo.InvariantCulture,
            $"idle_timeout_s is {seconds}; accepted: 0.001 or more, or 0 for the server's own limit of {options.ClientIdleSeconds} s.")),
    };
}
