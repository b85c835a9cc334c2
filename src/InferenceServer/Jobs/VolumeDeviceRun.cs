using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Server.Devices;
using Microsoft.Extensions.Logging;
using static TorchSharp.torch;

namespace InferenceBridge.Server.Jobs;

/// <summary>Runs an operation on whole volumes on a device; where that fails, again on the next one.</summary>
internal sealed class VolumeDeviceRun(
    JobRequest request, IDeviceVolumeOperation operation, JobChannels channels, DeviceScheduler scheduler, InferenceServerOptions options, ILogger logger)
{
    public VolumeJobResult Run(MemoryVolume image, IReadOnlyDictionary<string, MemoryVolume> auxiliaries, CancellationToken cancellation)
    {
        for (var i = 0; ; i++)
        {
            var device = scheduler.Devices[i];
            if (scheduler.IsLost(device))
            {
                continue;
            }

            channels.State.Device = device.Id;
            try
            {
                return operation.Run(request.ForOperation(options), image, auxiliaries, new Host(device, channels, scheduler, request.Result.Shape.PlaneCount, cancellation));
            }
            catch (Exception e) when (DeviceFaults.Of(e) is var fault and not DeviceFault.None)
            {
                Leave(device, i, fault, e);
            }
        }
    }

    private void Leave(ComputeDevice device, int number, DeviceFault fault, Exception cause)
    {
        channels.State.Telemetry.DeviceFailed(device.Id, fault);
        if (number + 1 == scheduler.Devices.Count)
        {
            throw fault == DeviceFault.Lost
                ? new InferenceException(InferenceError.DeviceUnavailable, "InferenceBridge:Device",
                    $"{device.Id} was lost and no other device is left; restart the server.", cause)
                : new InferenceException(InferenceError.DeviceOutOfMemory, InputRole.ImageName,
                    $"{device.Id} is out of memory; accepted: a smaller image, or a server with more memory.", cause);
        }

        var next = scheduler.Devices[number + 1].Id;
        if (fault == DeviceFault.Lost && scheduler.MarkLost(device))
        {
            Diagnostics.Log.DeviceLost(logger, channels.State.Id, device.Id, next, cause);
        }

        channels.State.Warn($"{device.Id} {(fault == DeviceFault.Lost ? "was lost" : "ran out of memory")}; {next} took over.");
    }

    private sealed class Host(
        ComputeDevice device, JobChannels channels, DeviceScheduler scheduler, long planes, CancellationToken cancellation) : IVolumeJobHost
    {
        public Device Device => device.Torch;

        public CancellationToken Cancellation => cancellation;

        // The job has a thread of its own, which it would block for as long in computing.
        public IDisposable TakeTurn() => scheduler.EnterAsync(device, null, _ => { }, cancellation).AsTask().GetAwaiter().GetResult();

        public void Progressed(int done, int all) => channels.Progress.Iterated(done, all, planes);
    }
}
