using InferenceBridge.Models;
using InferenceBridge.Server.Devices;
using InferenceBridge.Server.Jobs;

namespace InferenceBridge.Server.Frames;

/// <summary>Computes frames in turn with the tiles and frames of other jobs.</summary>
internal static class FrameTurn
{
    /// <summary>Waits for the device and computes. What the device throws comes out.</summary>
    public static async Task RunAsync(
        IFrameJob job, IReadOnlyList<FrameTask> frames, DeviceScheduler scheduler, ComputeDevice device, JobState state, CancellationToken cancellation)
    {
        using var turn = await scheduler.EnterAsync(device, null, _ => { }, cancellation).ConfigureAwait(false);
        var start = state.Clock.Now;
        job.Process(frames, cancellation);
        state.Telemetry.TilesComputed(device.Id, frames.Count, state.Clock.AddCompute(start) / frames.Count);
    }

    /// <summary>As <see cref="RunAsync"/>, for a movie.</summary>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.DeviceOutOfMemory"/> or <see cref="InferenceError.DeviceUnavailable"/>: what a movie's first frames have taught
    /// does not move to another device, and they are not there any more.
    /// </exception>
    public static async Task ProcessAsync(
        IFrameJob job, IReadOnlyList<FrameTask> frames, DeviceScheduler scheduler, ComputeDevice device, JobState state, CancellationToken cancellation)
    {
        try
        {
            await RunAsync(job, frames, scheduler, device, state, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (DeviceFaults.Of(e) is var fault and not DeviceFault.None)
        {
            state.Telemetry.DeviceFailed(device.Id, fault);
            if (fault == DeviceFault.Lost)
            {
                scheduler.MarkLost(device);
                throw new InferenceException(InferenceError.DeviceUnavailable, "InferenceBridge:Device",
                    $"{device.Id} was lost at frame {frames[0].Id}; run the job again, and another device takes over.", e);
            }

            throw new InferenceException(InferenceError.DeviceOutOfMemory, InputRole.ImageName,
                $"{device.Id} is out of memory for frames of this size; accepted: smaller frames, or a server with more memory.", e);
        }
    }
}
