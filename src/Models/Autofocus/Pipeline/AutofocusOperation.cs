using InferenceBridge.Imaging;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// An operation that judges how well frames are focused and, in the modes search and hold, says where to move the stage. What it adds to the
/// common pipeline is how a frame is judged. The result of a frame is a small map, not the frame.
/// </summary>
/// <remarks>Parameters must include <see cref="AutofocusParameters.Channel"/> and <see cref="AutofocusParameters.Loop"/>; results are float32.</remarks>
internal abstract class AutofocusOperation : IFrameOperation
{
    public abstract OperationDeclaration Declaration { get; }

    public FrameJobPlan Plan(FrameJobRequest request)
    {
        var options = AutofocusOptions.From(request.Parameters);
        var frame = request.Frame.Shape;
        if (options.Channel >= frame.Channels)
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, "parameters.channel",
                $"Parameter channel is {options.Channel}, and frames have {frame.Channels} channel(s); accepted: 0 to {frame.Channels - 1}.");
        }

        if (frame.Depth != 1)
        {
            throw new InferenceException(InferenceError.ShapeInvalid, "image.size_z",
                $"A frame has {frame.Depth} slices; accepted: 1. Send the slices of a stack as frames, along T.");
        }

        return new FrameJobPlan(MapShape(request.Parameters, request.Frame)) { DeviceBytes = DeviceBytes(request.Parameters, request.Frame) };
    }

    public IFrameJob Start(FrameJobContext context)
    {
        var parameters = context.Request.Parameters;
        var assessor = CreateAssessor(parameters, context.Request.Frame, context.Device);
        try
        {
            return new AutofocusJob(Declaration.Id, AutofocusOptions.From(parameters), context, assessor);
        }
        catch
        {
            assessor.Dispose();
            throw;
        }
    }

    /// <summary>Shape of the map of a frame: one slice, a pixel for each tile. Checks sizes, optics and the like.</summary>
    /// <param name="parameters">Checked parameters.</param>
    /// <param name="frame">One frame, with its calibration.</param>
    /// <exception cref="InferenceException">The frame or the parameters do not allow a result.</exception>
    protected abstract VolumeShape MapShape(ParameterSet parameters, VolumeInfo frame);

    /// <summary>What judges the frames of one job; the job disposes it.</summary>
    /// <param name="parameters">Checked parameters.</param>
    /// <param name="frame">One frame, with its calibration.</param>
    /// <param name="device">Where to run.</param>
    protected abstract IFocusAssessor CreateAssessor(ParameterSet parameters, VolumeInfo frame, Device device);

    /// <summary>Bytes on the device at most; 0 where none is needed.</summary>
    protected virtual long DeviceBytes(ParameterSet parameters, VolumeInfo frame) => 0;
}
