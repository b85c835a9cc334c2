using InferenceBridge.Imaging;
using InferenceBridge.Server.Devices;
using InferenceBridge.Server.Diagnostics;
using Microsoft.Extensions.Logging;

namespace InferenceBridge.Server.Jobs;

/// <summary>
/// What to do when a device runs out of memory: halve the tiles, then take the next device, then give up. A device that is lost
/// is left at once, by every job.
/// </summary>
internal sealed class DeviceLadder(DeviceScheduler scheduler, TilePlan plan, JobState state, ILogger logger)
{
    private const int MaximumHalvings = 8;

    private int _device = Enumerable.Range(0, scheduler.Devices.Count).First(i => !scheduler.IsLost(scheduler.Devices[i]));
    private int _halvings;
    private long _limit = long.MaxValue;

    public ComputeDevice Device => scheduler.Devices[_device];

    /// <summary>Whether a tile had to be halved.</summary>
    public bool HasHalved { get; private set; }

    private bool IsLast => _device + 1 == scheduler.Devices.Count;

    /// <summary>The tile in pieces, if it must be smaller than it is.</summary>
    public (Tile First, Tile Second)? Split(Tile tile) => tile.Input.ElementCount > _limit ? TileSplitter.Split(tile, plan) : null;

    /// <summary>Leaves a device that another job has found to be lost.</summary>
    /// <returns>True where the device has changed.</returns>
    public bool LeaveLost()
    {
        if (!scheduler.IsLost(Device))
        {
            return false;
        }

        Next($"{Device.Id} was lost to another job");
        return true;
    }

    /// <summary>Takes the next step down.</summary>
    /// <param name="tile">The tile that did not get through; null where the job could not even start.</param>
    /// <param name="fault">What is wrong with the device.</param>
    /// <param name="cause">What the device said.</param>
    /// <returns>True where the device has changed.</returns>
    /// <exception cref="InferenceException">
    /// No step is left: <see cref="InferenceError.DeviceOutOfMemory"/> or <see cref="InferenceError.DeviceUnavailable"/>.
    /// </exception>
    public bool Descend(Tile? tile, DeviceFault fault, Exception cause)
    {
        state.Telemetry.DeviceFailed(Device.Id, fault);
        return fault == DeviceFault.Lost ? Abandon(cause) : Shrink(tile, cause);
    }

    private bool Abandon(Exception cause)
    {
        var reason = cause.Message.Split('\n')[0].Trim();
        if (IsLast)
        {
            throw new InferenceException(InferenceError.DeviceUnavailable, "InferenceBridge:Device",
                $"{Device.Id} was lost ({reason}) and no other device is left; restart the server.", cause);
        }

        if (scheduler.MarkLost(Device))
        {
            Log.DeviceLost(logger, state.Id, Device.Id, scheduler.Devices[_device + 1].Id, cause);
        }

        Next($"{Device.Id} was lost ({reason})");
        return true;
    }

    private bool Shrink(Tile? tile, Exception cause)
    {
        var voxels = tile?.Input.ElementCount ?? 0;
        if (tile is { } large && _halvings < MaximumHalvings && TileSplitter.Split(large, plan) is not null)
        {
            _halvings++;
            HasHalved = true;
            _limit = voxels / 2;
            Log.OutOfMemory(logger, state.Id, Device.Id, voxels, "its tiles are halved");
            state.Warn($"{Device.Id} ran out of memory for a tile of {voxels} voxels; the tiles were halved.");
            return false;
        }

        if (IsLast)
        {
            throw new InferenceException(InferenceError.DeviceOutOfMemory, "image",
                $"{Device.Id} is out of memory even for a tile of {voxels} voxels; accepted: a smaller image, or a server with more memory.", cause);
        }

        Log.OutOfMemory(logger, state.Id, Device.Id, voxels, "the next device takes over");
        Next($"{Device.Id} ran out of memory even for a tile of {voxels} voxels");
        return true;
    }

    private void Next(string reason)
    {
        do
        {
            _device++;
        }
        while (scheduler.IsLost(Device));

        (_halvings, _limit) = (0, long.MaxValue);
        state.Warn($"{reason}; {Device.Id} took over.");
        state.Device = Device.Id;
    }
}
