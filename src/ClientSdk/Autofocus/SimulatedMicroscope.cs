using InferenceBridge.Imaging;

namespace InferenceBridge.Client;

/// <summary>A <see cref="VirtualMicroscope"/> as a stage and a camera, to try a loop without an instrument.</summary>
/// <param name="microscope">The microscope.</param>
/// <param name="isRealTime">Whether moves and frames take the time that they would take; else none.</param>
public sealed class SimulatedMicroscope(VirtualMicroscope microscope, bool isRealTime = false) : IStage, ICamera
{
    /// <inheritdoc/>
    public VolumeInfo Frame => microscope.Frame;

    /// <inheritdoc/>
    public ValueTask<double> GetPositionAsync(CancellationToken cancellation = default) => ValueTask.FromResult(microscope.Stage.Z);

    /// <inheritdoc/>
    /// <exception cref="InferenceException"><see cref="InferenceError.ParameterOutOfRange"/>: beyond its ends.</exception>
    public async ValueTask MoveToAsync(double zMicrometres, CancellationToken cancellation = default)
    {
        await WaitAsync(microscope.MoveSeconds, cancellation).ConfigureAwait(false);
        microscope.MoveTo(zMicrometres);
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>> SnapAsync(CancellationToken cancellation = default)
    {
        await WaitAsync(microscope.FrameSeconds, cancellation).ConfigureAwait(false);
        return microscope.Snap();
    }

    private Task WaitAsync(double seconds, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return isRealTime ? Task.Delay(TimeSpan.FromSeconds(seconds), cancellation) : Task.CompletedTask;
    }
}
