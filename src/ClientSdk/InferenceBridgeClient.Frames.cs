using InferenceBridge.Client.Internal;

namespace InferenceBridge.Client;

public sealed partial class InferenceBridgeClient
{
    /// <summary>
    /// Opens a stream for the frames of an instrument. It has a connection of its own, so that several instruments do not disturb each other.
    /// Nothing is tried again: a stream that is lost is opened anew, from a state that was exported. Dispose of it to end it.
    /// </summary>
    /// <param name="request">The operation, its parameters, and what frames look like.</param>
    /// <param name="cancellation">Ends the stream.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.ShapeInvalid"/>: frames have a size below 1, or several along T.</exception>
    public FrameStream OpenFrameStream(FrameStreamRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, this);
        request.Frame.Shape.Validate("frame");
        if (request.Frame.Shape.Frames != 1)
        {
            throw new InferenceException(InferenceError.ShapeInvalid, "frame.size_t", $"frame.size_t is {request.Frame.Shape.Frames}; accepted: 1.");
        }

        return new FrameStream(request, new ServerConnection(_address, _options, isForOneAttempt: true), _address, _closing.Token, cancellation);
    }
}
